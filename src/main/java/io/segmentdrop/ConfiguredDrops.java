package io.segmentdrop;

import io.segmentdrop.cli.ConfiguredDrop;
import io.segmentdrop.shell.config.DropPolicies;
import io.segmentdrop.shell.config.DropProperties;
import io.segmentdrop.shell.config.SegmentDropProperties;
import java.util.function.Function;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

/** The drops of the configuration for the command line: read as the server reads them, without starting anything. */
final class ConfiguredDrops implements Function<String, ConfiguredDrop> {

    @Override
    public ConfiguredDrop apply(String name) {
        SegmentDropProperties properties = properties();
        DropProperties drop = properties.drops().get(name);
        if (drop == null) {
            throw new IllegalArgumentException("expected one of the configured drops "
                    + properties.drops().keySet() + ", found " + name
                    + "; run it where application.yaml lies, or set spring.config.additional-location");
        }
        return new ConfiguredDrop(
                new DropPolicies(Wiring.defaultsReader()).of(drop),
                properties.api().fieldNames().names(),
                Wiring.checks(drop, properties));
    }

    private static SegmentDropProperties properties() {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        try {
            return Binder.get(environment).bindOrCreate(SegmentDropProperties.PREFIX, SegmentDropProperties.class);
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "expected a configuration that can be read, found a fault at " + e.getName(), e);
        }
    }
}
