package io.segmentdrop;

import java.util.Optional;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToCreateRouteFromTemplateException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;
import org.springframework.core.NestedExceptionUtils;

/** What is wrong in a file of {@code routes/} that was edited, in Camel's words, which name the file or the route. */
final class RouteFaults {

    private RouteFaults() {}

    /** Empty if the failure is none of the routes'. */
    static Optional<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CamelSpringBootInitializationException) {
                return Optional.of("a file of the routes folder cannot be read: " + withRoot(cause));
            }
            if (cause instanceof FailedToCreateRouteException
                    || cause instanceof FailedToCreateRouteFromTemplateException
                    || cause instanceof FailedToStartRouteException) {
                return Optional.of("a route cannot be used: " + oneLine(cause));
            }
        }
        return Optional.empty();
    }

    private static String withRoot(Throwable fault) {
        String said = oneLine(fault);
        String root = oneLine(NestedExceptionUtils.getMostSpecificCause(fault));
        return said.contains(root) ? said : said + ": " + root;
    }

    /** Camel's messages show the place with line breaks and a caret, and begin with the class of their cause. */
    private static String oneLine(Throwable fault) {
        return String.valueOf(fault.getMessage())
                .replaceFirst("^[\\w.]+Exception: ", "")
                .replaceAll("[\\s^]+", " ")
                .strip();
    }
}
