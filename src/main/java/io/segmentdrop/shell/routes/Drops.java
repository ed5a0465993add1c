package io.segmentdrop.shell.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The drops by name, in the order of the configuration. */
public final class Drops {

    private final Map<String, Drop> byName = new LinkedHashMap<>();

    public Drops(List<Drop> drops) {
        drops.forEach(drop -> byName.put(drop.name(), drop));
    }

    /** Empty for a drop that the configuration no longer has. */
    public Optional<Drop> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public List<Drop> all() {
        return List.copyOf(byName.values());
    }
}
