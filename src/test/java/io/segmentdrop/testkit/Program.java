package io.segmentdrop.testkit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.segmentdrop.SegmentDrop;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The program inside a test: its own wiring, its own {@code application.yaml} and the routes as they ship, but no web server.
 * It starts in a fraction of the time, so that a test may start thousands.
 */
public final class Program {

    private static final Pattern WEB = Pattern.compile("io\\.segmentdrop\\.(sandbox|shell\\.ops)\\..*");
    private static final Pattern LIBRARIES =
            Pattern.compile(".*\\.(Camel|HttpComponent|Jackson2|Ssl)AutoConfiguration");
    private static final Class<?>[] PARTS = Stream.concat(wiring(), libraries()).toArray(Class<?>[]::new);
    private static final ConfigurableEnvironment CONFIGURATION = new StandardEnvironment();

    private static final ApplicationConversionService CONVERSIONS = new ApplicationConversionService();

    static {
        ConfigDataEnvironmentPostProcessor.applyTo(CONFIGURATION);
        // what its libraries have to say is as much as in the program
        LoggingSystem log = LoggingSystem.get(Program.class.getClassLoader());
        Binder.get(CONFIGURATION)
                .bind("logging.level", Bindable.mapOf(String.class, LogLevel.class))
                .ifBound(levels -> levels.forEach(log::setLogLevel));
    }

    private Program() {}

    /**
     * Starts it; whoever closes it ends it.
     *
     * @param settings what would stand in an {@code application.yaml} beside the jar
     * @param replace registers beans, instead of the program's own where they have the same name
     */
    public static ConfigurableApplicationContext start(
            Map<String, Object> settings, Consumer<GenericApplicationContext> replace) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setConversionService(CONVERSIONS);
        CONFIGURATION.getPropertySources().forEach(environment.getPropertySources()::addLast);
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        ConfigurationPropertySources.attach(environment);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setEnvironment(environment);
        context.getBeanFactory().setConversionService(CONVERSIONS);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        replace.accept(context);
        context.register(PARTS);
        context.refresh();
        return context;
    }

    private static Stream<Class<?>> wiring() {
        ClassPathScanningCandidateComponentProvider found = new ClassPathScanningCandidateComponentProvider(false);
        found.addExcludeFilter(new NoTestClasses());
        found.addExcludeFilter(new AssignableTypeFilter(SegmentDrop.class));
        found.addExcludeFilter(new RegexPatternTypeFilter(WEB));
        found.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        return found.findCandidateComponents(SegmentDrop.class.getPackageName()).stream()
                .map(bean -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null));
    }

    /** What Spring Boot finds by itself, as far as the routes need it: of the components only what application.yaml sets up. */
    private static Stream<Class<?>> libraries() {
        Class<?>[] all = ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> LIBRARIES.matcher(name).matches())
                .map(name -> ClassUtils.resolveClassName(name, null))
                .toArray(Class<?>[]::new);
        return Stream.of(AutoConfigurations.getClasses(AutoConfigurations.of(all)));
    }
}
