package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.camel.Account;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.RouteTemplateParameterSource;

/** Makes one route of the template for each configured drop; Camel asks for it when it starts. */
public final class DropTemplates implements RouteTemplateParameterSource {

    private final Map<String, Map<String, Object>> routes = new LinkedHashMap<>();

    /** @param servers the SFTP drops, which have a second route that fills their spool, one for each connection */
    public DropTemplates(Drops drops, SftpDrops servers) {
        for (Drop drop : drops.all()) {
            servers.find(drop.name()).ifPresent(setup -> addMirrors(drop, setup));
            String route = "drop-" + drop.name();
            addParameter(route, TEMPLATE_ID, "drop-local");
            addParameter(route, "drop", drop.name());
            addParameter(route, "folder", inUri(drop.folder().path()));
        }
    }

    private void addMirrors(Drop drop, SftpDrop.Setup setup) {
        Account account = setup.account();
        for (int connection = 0; connection < setup.connections(); connection++) {
            String mirror = (connection == 0 ? "mirror-" : "mirror" + (connection + 1) + "-") + drop.name();
            addParameter(mirror, TEMPLATE_ID, "drop-sftp");
            addParameter(mirror, "desk", "sftp-" + connection + "-" + drop.name());
            addParameter(mirror, "host", account.uriHost());
            addParameter(mirror, "port", account.port());
            addParameter(mirror, "folder", encoded(encoded(account.path())));
            addParameter(mirror, "user", account.user());
            addParameter(mirror, "knownHosts", account.knownHosts().toString());
            addParameter(mirror, "scanEvery", drop.scanEvery().toMillis());
        }
    }

    // Camel decodes an endpoint's path twice, and reads placeholders in it; so that %, +, # and {{ stay what they are
    private static String inUri(Path folder) {
        return encoded(encoded(folder.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private void addParameter(String routeId, String name, Object value) {
        routes.computeIfAbsent(routeId, id -> new LinkedHashMap<>()).put(name, value);
    }

    @Override
    public Map<String, Object> parameters(String routeId) {
        return Map.copyOf(routes.getOrDefault(routeId, Map.of()));
    }

    @Override
    public Set<String> routeIds() {
        return routes.keySet();
    }
}
