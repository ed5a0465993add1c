package io.segmentdrop.shell.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Refuses a time without its unit: Spring Boot would read {@code give-up-after: 24} as 24 milliseconds. */
final class DurationUnits implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(SegmentDropProperties.PREFIX);

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
            if (result instanceof Duration time && ROOT.isAncestorOf(name) && !time.isZero()) {
                require(context.getConfigurationProperty());
            }
            return super.onSuccess(name, target, context, result);
        }

        private static void require(@Nullable ConfigurationProperty property) {
            if (property != null && String.valueOf(property.getValue()).strip().matches("[+-]?\\d+")) {
                throw new IllegalArgumentException("a time without its unit");
            }
        }
    }
}
