package io.segmentdrop.shell.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The drops by name, in the order of the configuration. */
public final class Drops {

    private final Map<String, Drop> byName = new LinkedHashMap<>();
    private final Map<String, Drop> byOldName = new ConcurrentHashMap<>();

    public Drops(List<Drop> drops) {
        drops.forEach(drop -> byName.put(drop.name(), drop));
    }

    /** Empty for a drop that the configuration no longer has, by no name. */
    public Optional<Drop> find(String name) {
        return Optional.ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byOldName.get(name)));
    }

    /** From now on this drop is also found by a name that it had before. */
    void alias(String before, Drop drop) {
        byOldName.put(before, drop);
    }

    public List<Drop> all() {
        return List.copyOf(byName.values());
    }
}
