package io.segmentdrop.shell.config;

import io.segmentdrop.shell.config.StrictValues.UnfilledPlaceholderException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Says of a value that cannot be read what its key wants. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UnreadableValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(SegmentDropProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        BindException innermost = innermost(cause);
        if (!ROOT.isAncestorOf(innermost.getName())) {
            return null;
        }
        return StartupRefusedFailureAnalyzer.analysis(
                "segment-drop does not start, since a value of its configuration cannot be read:"
                        + System.lineSeparator() + System.lineSeparator() + "    " + innermost.getName() + ": "
                        + fault(innermost),
                cause);
    }

    private static BindException innermost(BindException cause) {
        return cause.getCause() instanceof BindException inner ? innermost(inner) : cause;
    }

    private static String fault(BindException cause) {
        if (cause.getCause() instanceof UnfilledPlaceholderException placeholder) {
            return "expected a value, found " + placeholder.getMessage() + ", which neither the environment nor the"
                    + " configuration fills";
        }
        return "expected " + wanted(cause.getTarget().getType().resolve(Object.class)) + found(cause.getProperty());
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Duration.class) {
            return "a time with its unit, such as 500ms, 2s, 15m or 24h";
        }
        if (type == DataSize.class) {
            return "a size with its unit, such as 512KB, 20MB or 16GB";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == int.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "keys of its own";
    }

    private static String found(@Nullable ConfigurationProperty property) {
        if (property == null) {
            return ", found something else";
        }
        String place = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        return ", found \"" + property.getValue() + "\"" + place;
    }
}
