package io.segmentdrop.shell.routes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** The SFTP drops: their connections end as soon as the program is told to end, so that no download holds that up. */
public final class SftpDrops extends LifecycleStrategySupport {

    private final Map<String, SftpDrop.Setup> setups;
    private final Collection<SftpDrop> running = ConcurrentHashMap.newKeySet();

    public SftpDrops(Map<String, SftpDrop.Setup> setups) {
        this.setups = Map.copyOf(setups);
    }

    /** The names of the drops that are on a server. */
    public Set<String> names() {
        return setups.keySet();
    }

    /** How the drop of this name was configured; empty if it is on no server. */
    Optional<SftpDrop.Setup> find(String name) {
        return Optional.ofNullable(setups.get(name));
    }

    public List<SftpDrop.Setup> setups() {
        return List.copyOf(setups.values());
    }

    /** Has this one closed when the program ends. */
    public void started(SftpDrop drop) {
        running.add(drop);
    }

    @Override
    public void onContextStopping(CamelContext context) {
        running.forEach(SftpDrop::close);
    }
}
