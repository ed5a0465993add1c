package io.segmentdrop.shell.routes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;

/** Refuses to start without a route or template that the program needs, which would be a drop that silently does nothing. */
public final class RoutesPresent {

    private static final Set<String> ROUTES = Set.of(
            "check", "send", "api", "settle", "receipt", "notify", "rejected-rows", "rejects-export", "retention");
    private static final Set<String> TEMPLATES = Set.of("drop-local", "drop-sftp");

    /** What to do with a fault; in configurations without an id, since only those hold for every route. */
    private static final Set<String> FAULTS = Set.of("put-off", "hold", "unexpected");

    private final Path folder;

    /**
     * The routes of a folder, before Camel reads it.
     *
     * @throws RoutesRefused if it is missing or holds no route
     */
    public RoutesPresent(Path folder) {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            throw refused("no such folder");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.camel.yaml")) {
            if (!files.iterator().hasNext()) {
                throw refused("no file of that name");
            }
        } catch (IOException e) {
            throw refused("a folder that cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /**
     * Looks through what Camel read, before it starts any of it.
     *
     * @throws RoutesRefused if something that is needed is missing
     */
    public void check(CamelContext camel) {
        Model model = Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class));
        Set<String> missing = needed();
        model.getRouteDefinitions().forEach(route -> missing.remove(route.getRouteId()));
        model.getRouteTemplateDefinitions().forEach(template -> missing.remove(template.getId()));
        model.getRouteConfigurationDefinitions().stream()
                .filter(one -> one.getId() == null)
                .flatMap(one -> one.getOnExceptions().stream())
                .forEach(one -> missing.remove(one.getId()));
        if (!missing.isEmpty()) {
            throw refused("none with the ids " + missing);
        }
    }

    private static Set<String> needed() {
        Set<String> needed = new TreeSet<>(ROUTES);
        needed.addAll(TEMPLATES);
        needed.addAll(FAULTS);
        return needed;
    }

    private RoutesRefused refused(String found) {
        return new RoutesRefused("expected in " + folder + "/*.camel.yaml what has the ids " + needed() + ", found "
                + found + "; restore the folder, or name another one in segment-drop.routes");
    }
}
