package io.segmentdrop.shell.config;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names each unknown key with its place, and the key that was probably meant. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(SegmentDropProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        if (cause.getUnboundProperties().stream().noneMatch(property -> ROOT.isAncestorOf(property.getName()))) {
            return null;
        }
        return StartupRefusedFailureAnalyzer.analysis(
                cause.getUnboundProperties().stream()
                        .map(UnknownKeyFailureAnalyzer::line)
                        .collect(Collectors.joining(
                                System.lineSeparator(),
                                "segment-drop does not start, since its configuration holds unknown keys:"
                                        + System.lineSeparator() + System.lineSeparator(),
                                "")),
                cause);
    }

    private static String line(ConfigurationProperty property) {
        String meant = ConfigurationKeys.nearest(property.getName())
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
        return "    " + property.getName() + ": expected one of the documented keys, found another" + place(property)
                + meant;
    }

    private static String place(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }
}
