package io.segmentdrop.shell.routes;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.Model;
import org.apache.camel.support.LifecycleStrategySupport;

/** Refuses to start Camel if a route or template that the program needs was not found in {@code routes/}. */
public final class RoutesPresent extends LifecycleStrategySupport {

    private static final Set<String> ROUTES = Set.of("check", "send", "api", "settle", "receipt", "notify");
    private static final Set<String> TEMPLATES = Set.of("drop-local");
    private static final Set<String> CONFIGURATIONS = Set.of("errors");

    private final String folder;

    public RoutesPresent(String folder) {
        this.folder = folder;
    }

    @Override
    public void onContextStarting(CamelContext context) throws VetoCamelContextStartException {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> missing = new TreeSet<>(ROUTES);
        model.getRouteDefinitions().forEach(route -> missing.remove(route.getRouteId()));
        missing.addAll(TEMPLATES);
        model.getRouteTemplateDefinitions().forEach(template -> missing.remove(template.getId()));
        missing.addAll(CONFIGURATIONS);
        model.getRouteConfigurationDefinitions().forEach(one -> missing.remove(one.getId()));
        if (!missing.isEmpty()) {
            throw new VetoCamelContextStartException(
                    "expected in " + folder + "/*.camel.yaml the routes " + new TreeSet<>(ROUTES) + " and "
                            + new TreeSet<>(TEMPLATES) + " and " + CONFIGURATIONS + ", found none for " + missing
                            + "; restore the routes folder, or set segment-drop.routes",
                    context,
                    true);
        }
    }
}
