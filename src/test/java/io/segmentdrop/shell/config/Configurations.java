package io.segmentdrop.shell.config;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Configurations written as YAML and bound as the server binds them. */
final class Configurations {

    private Configurations() {}

    /** A context that binds the YAML and nothing else; the checks do not run. */
    static ApplicationContextRunner bound(String yaml) {
        return new ApplicationContextRunner()
                .withInitializer(context -> add(context.getEnvironment(), yaml))
                .withUserConfiguration(Binding.class);
    }

    /** A context that binds the YAML and checks it, as the server does. */
    static ApplicationContextRunner checked(String yaml) {
        return new ApplicationContextRunner()
                .withInitializer(context -> add(context.getEnvironment(), yaml))
                .withUserConfiguration(Checking.class);
    }

    /** What the YAML is bound to, without a context; quick. */
    static SegmentDropProperties properties(String yaml) {
        StandardEnvironment environment = new StandardEnvironment();
        add(environment, yaml);
        return Binder.get(environment).bindOrCreate(SegmentDropProperties.PREFIX, SegmentDropProperties.class);
    }

    private static void add(ConfigurableEnvironment environment, String yaml) {
        try {
            ByteArrayResource resource =
                    new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yaml");
            new YamlPropertySourceLoader().load("test", resource).forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader of defaults that knows {@code clear} and {@code sourceCampaign}. */
    static DefaultsReader.Result defaults(Map<String, ?> values) {
        if (values.get("clear") instanceof Boolean clear) {
            return new DefaultsReader.Result(new Settings(Map.of(Key.CLEAR, clear)), List.of());
        }
        List<Problem> problems = values.keySet().stream()
                .map(key -> Problem.in(Code.SIDE_UNKNOWN_KEY, key, "expected a documented key, found \"" + key + "\""))
                .toList();
        return new DefaultsReader.Result(Settings.EMPTY, problems);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SegmentDropProperties.class)
    static class Binding {

        @Bean
        static StrictValues strictValues() {
            return new StrictValues();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(ConfigurationWiring.class)
    static class Checking {

        @Bean
        static DefaultsReader defaultsReader() {
            return Configurations::defaults;
        }
    }
}
