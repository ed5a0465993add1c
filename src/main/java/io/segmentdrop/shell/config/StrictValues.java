package io.segmentdrop.shell.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Refuses two values that Spring Boot would take: a time without its unit ({@code give-up-after: 24} would be 24 milliseconds), and
 * a placeholder that nothing fills (the text {@code ${OPTIPUB_API_KEY}} would be sent as the key).
 */
final class StrictValues implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(SegmentDropProperties.PREFIX);
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}");

    /** A value names a placeholder that neither the environment nor the configuration fills. */
    static final class UnfilledPlaceholderException extends RuntimeException {

        private UnfilledPlaceholderException(String placeholder) {
            super(placeholder);
        }
    }

    @Override
    public BindHandler apply(BindHandler handler) {
        return new Handler(handler);
    }

    private static final class Handler extends AbstractBindHandler {

        private Handler(BindHandler parent) {
            super(parent);
        }

        @Override
        public @Nullable Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            if (ROOT.isAncestorOf(name)) {
                check(result, context.getConfigurationProperty());
            }
            return super.onSuccess(name, target, context, result);
        }

        private static void check(Object result, @Nullable ConfigurationProperty property) {
            switch (result) {
                case Duration time when !time.isZero() -> unit(property);
                case Secret secret -> filled(secret.value());
                case String text -> filled(text);
                default -> {}
            }
        }

        private static void unit(@Nullable ConfigurationProperty property) {
            if (property != null
                    && WHOLE.matcher(String.valueOf(property.getValue()).strip())
                            .matches()) {
                throw new IllegalArgumentException("a time without its unit");
            }
        }

        private static void filled(String text) {
            Matcher placeholder = PLACEHOLDER.matcher(text);
            if (placeholder.find()) {
                throw new UnfilledPlaceholderException(placeholder.group());
            }
        }
    }
}
