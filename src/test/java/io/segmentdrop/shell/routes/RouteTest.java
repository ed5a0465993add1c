package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.Program;
import io.segmentdrop.testkit.ReceiptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.SmartContextLoader;

/**
 * One route file as it ships, with the program's own beans, a real ledger and a clock that is set. {@link #advise} replaces what
 * the route calls; the route's work is then done piece by piece.
 */
@NullUnmarked
@CamelSpringBootTest
@UseAdviceWith
@ContextConfiguration(loader = RouteTest.Loader.class)
@DirtiesContext
@Isolated("camel-test says by a property of the whole process that Camel does not start by itself")
abstract class RouteTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    CamelContext camel;

    @Autowired
    ConfigurableApplicationContext program;

    @Autowired
    Trial trial;

    Rig rig;

    /** What the program of one test class stands on. */
    record Trial(Rig.Setup setup, StandInApi api, Path folder) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            api.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Starts the program without its web server, and without Camel, which the test starts. */
    static class Loader implements SmartContextLoader {

        /** What stands beside it, and the settings that tell the program of it. */
        Map<String, Object> more(Rig.Setup setup, Path folder) {
            return Map.of();
        }

        /** The folder that the drop's watch looks at. */
        Rig.Setup setup(Path folder, StandInApi api) {
            return Rig.Setup.of(folder, api);
        }

        @Override
        public void processContextConfiguration(ContextConfigurationAttributes attributes) {
            // there is nothing to configure
        }

        @Override
        public ApplicationContext loadContext(MergedContextConfiguration merged) throws IOException {
            Path folder = Files.createTempDirectory("route");
            StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
            Rig.Setup setup = setup(folder, api);
            for (Path drop : setup.drops().values()) {
                Files.createDirectories(drop);
            }
            Map<String, Object> settings = new TreeMap<>(RigWiring.settings(setup));
            settings.put("segment-drop.api.verify-segments", true);
            settings.putAll(more(setup, folder));
            return Program.start(settings, context -> {
                RigWiring.replace(context, setup);
                context.registerBean(Trial.class, () -> new Trial(setup, api, folder));
            });
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public String[] processLocations(Class<?> type, String... locations) {
            return locations;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public ApplicationContext loadContext(String... locations) {
            throw new UnsupportedOperationException();
        }
    }

    /** What the route calls is replaced here, before Camel starts. */
    void advise() throws Exception {}

    @BeforeEach
    void begin() throws Exception {
        if (!camel.isStarted()) {
            advise();
            camel.start();
        }
        MockEndpoint.resetMocks(camel);
        rig = Rig.on(trial.setup(), program);
        answers("look", 200, "{\"data\": {\"type\": \"static\"}}");
    }

    void advise(String route, org.apache.camel.util.function.ThrowingConsumer<AdviceWithRouteBuilder, Exception> change)
            throws Exception {
        AdviceWith.adviceWith(camel, route, change);
    }

    MockEndpoint mock(String name) {
        return camel.getEndpoint("mock:" + name, MockEndpoint.class);
    }

    /** Lets an endpoint, and with it the step before which it stands, fail for the next exchange. */
    void failNext(String mock, Exception fault) {
        mock(mock).reset();
        mock(mock).whenExchangeReceived(1, exchange -> {
            throw fault;
        });
    }

    /** Lets what is asked answer this. */
    void answers(String mock, int status, String body) {
        mock(mock)
                .whenAnyExchangeReceived(exchange -> exchange.getMessage()
                        .setBody(new Observation(Phase.ANSWER_COMPLETE, true, status, null, null, body, null)));
    }

    /** What an exchange has as its body. */
    static <T> T body(Exchange exchange, Class<T> type) {
        return Objects.requireNonNull(exchange.getMessage().getBody(type));
    }

    /** A name that no other test has. */
    static String fresh() {
        return "file-" + NAMES.incrementAndGet() + ".csv";
    }

    Path drop() {
        return Objects.requireNonNull(trial.setup().drops().get("acme"));
    }

    /** Drops a pair that proves itself, with more in its sidecar. */
    String pair(long segment, String more) {
        String name = fresh();
        return pair(name, Dropper.csv(name, 2), segment, more);
    }

    String pair(String name, String csv, long segment, String more) {
        String sidecar = Dropper.proving(segment, csv).replaceFirst("}\\s*$", more + "}");
        new Dropper(drop()).pair(name, csv, sidecar);
        return name;
    }

    /** Takes a pair and checks it, so that it is to be sent. */
    String planned(long segment, String more) {
        String name = pair(segment, more);
        rig.scan();
        rig.check();
        return name;
    }

    ImportState state(String name) {
        return rig.row(name).state();
    }

    ImportRow row(String name) {
        return rig.row(name);
    }

    JsonNode receipt(String name) {
        return new ReceiptReader(drop()).now(name).orElseThrow();
    }

    String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
