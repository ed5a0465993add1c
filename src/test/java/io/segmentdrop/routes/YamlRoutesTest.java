package io.segmentdrop.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.SegmentDrop;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.ledger.AttemptRow;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.NoTestClasses;
import io.segmentdrop.testkit.ReceiptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The files of {@code routes/}: a pair goes the whole way, and a fault at any step ends as {@code 90-errors} says. */
class YamlRoutesTest {

    @TempDir
    static Path folder;

    private static final Steps STEPS = new Steps();
    private static final MovedClock CLOCK = new MovedClock(Clock.systemUTC());

    private static StandInApi api;
    private static ConfigurableApplicationContext program;

    /** The machine's clock, moved on by the test. */
    private static final class MovedClock extends Clock {

        private final Clock machine;
        private final AtomicLong moved = new AtomicLong();

        MovedClock(Clock machine) {
            this.machine = machine;
        }

        void move(Duration on) {
            moved.addAndGet(on.toMillis());
        }

        @Override
        public Instant instant() {
            return machine.instant().plusMillis(moved.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        api = StandInApi.start(StandInApi.Setup.withKey("key"));
        program = new SpringApplicationBuilder(SegmentDrop.class)
                .initializers(context -> addParts((GenericApplicationContext) context))
                .run(
                        "--segment-drop.home=" + folder.resolve("home"),
                        "--segment-drop.api.base-url=" + api.uri(),
                        "--segment-drop.api.token=key",
                        "--segment-drop.api.verify-segments=true",
                        "--segment-drop.ops.password=secret",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        drop("acme", "from=file:" + Files.createDirectory(folder.resolve("acme"))),
                        drop("acme", "scan-every=20ms"),
                        drop("acme", "segments[0].id=7"),
                        drop("acme", "segments[1].id=9"),
                        drop("acme", "segments[2].id=10"),
                        drop("acme", "segments[3].id=11"),
                        drop("acme", "segments[4].id=12"),
                        drop("beta", "from=file:" + Files.createDirectory(folder.resolve("beta"))),
                        drop("beta", "scan-every=20ms"),
                        drop("beta", "segments[0].id=8"),
                        drop("beta", "segments[1].id=20"));
    }

    private static String drop(String name, String setting) {
        return "--segment-drop.drops." + name + "." + setting;
    }

    private static void addParts(GenericApplicationContext context) {
        context.getBeanFactory().registerSingleton("noTestClasses", new NoTestClasses());
        context.registerBean("steps", Steps.class, () -> STEPS);
        context.registerBean("movedClock", Clock.class, () -> CLOCK, bean -> bean.setPrimary(true));
    }

    @AfterAll
    static void stop() {
        program.close();
        api.close();
    }

    @Test
    void twoFilesAreCheckedAtOnce() {
        CyclicBarrier both = new CyclicBarrier(2);
        STEPS.meetNext("check/rows", both);
        STEPS.meetNext("check/rows", both);

        put("acme", "one.csv", 7);
        put("beta", "other.csv", 20);

        assertThat(end("acme", "one.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(end("beta", "other.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void theNextFileIsCheckedWhileTheLastIsSent() {
        STEPS.forget();
        CyclicBarrier both = new CyclicBarrier(2);
        STEPS.meetNext("send/call", both);
        put("beta", "last.csv", 20);
        await().until(() -> STEPS.seen("send/call") == 1);

        STEPS.meetNext("check/rows", both);
        put("beta", "next.csv", 20);

        assertThat(end("beta", "last.csv").path("state").asText()).isEqualTo("delivered");
        assertThat(end("beta", "next.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void aGoodPairGoesTheWholeWay() {
        STEPS.forget();
        put("beta", "good.csv", 8);

        JsonNode receipt = end("beta", "good.csv");

        assertThat(receipt.path("state").asText()).isEqualTo("delivered");
        assertThat(api.account().applied(8)).hasSize(1);
        await().untilAsserted(() -> assertThat(STEPS.seen("settle/told")).isEqualTo(STEPS.seen("settle/ended")));
        for (String step : List.of(
                "drop-beta/complete",
                "drop-beta/take",
                "check/sidecar",
                "check/read",
                "check/options",
                "check/sound",
                "check/rows",
                "check/verify",
                "check/ask",
                "check/look",
                "check/kind",
                "check/conclusion",
                "check/plan",
                "send/request",
                "send/call",
                "send/verdict",
                "send/accepted",
                "settle/to-archive")) {
            assertThat(STEPS.seen(step)).as(step).isEqualTo(1);
        }
        for (String step : List.of("api/prepare", "api/http", "api/observe")) {
            assertThat(STEPS.seen(step))
                    .as(step + ", to look at the segment and to import")
                    .isEqualTo(2);
        }
        for (String step : List.of("settle/tell-partner", "receipt/compose", "receipt/write")) {
            assertThat(STEPS.seen(step))
                    .as(step)
                    .isEqualTo(STEPS.seen("settle/ended"))
                    .isPositive();
        }
        assertThat(STEPS.all()).doesNotContainKeys("api/observe-fault", "drop-acme/take");
    }

    /** The last column is what the API says of the segment. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        10 | rejected  | 200 | {"error": false, "data": {"id": 10, "type": "dynamic"}}
        11 | delivered | 200 | {"error": false, "data": {"id": 11, "type": "static"}}
        12 | delivered | 500 | {"message": "Server Error"}
        """)
    void aSegmentThatIsDynamicIsRefused(long segment, String state, int status, String answer) {
        api.always(head -> head.isLook() && head.segment().equals(Optional.of(segment)), Fault.answer(status, answer));
        put("acme", "kind-" + segment + ".csv", segment);

        JsonNode receipt = end("acme", "kind-" + segment + ".csv");

        assertThat(receipt.path("state").asText()).isEqualTo(state);
        assertThat(receipt.path("problems").findValuesAsText("message"))
                .isEqualTo(
                        state.equals("rejected")
                                ? List.of("expected a static segment, found that 10 is dynamic: it would lose the"
                                        + " imported members at night; use a static segment")
                                : List.of());
        assertThat(api.account().applied(segment)).hasSize(state.equals("rejected") ? 0 : 1);
    }

    @Test
    void aPairThatIsRefusedIsToldToOperations() {
        STEPS.forget();
        put("beta", "refused.csv", 1);

        assertThat(end("beta", "refused.csv").path("state").asText()).isEqualTo("rejected");

        await().untilAsserted(
                        () -> assertThat(STEPS.seen("notify/not-in-the-log")).isEqualTo(1));
        assertThat(STEPS.all()).doesNotContainKeys("check/rows", "send/request", "notify/line");
    }

    @Test
    void whatCannotBeToldIsToldLaterAndHoldsUpNothing() {
        STEPS.failNext("notify/not-in-the-log", new IOException("a webhook that does not answer"));
        new Dropper(folder.resolve("beta")).pair("untold.csv", Dropper.csv("untold", 1), "{");

        assertThat(end("beta", "untold.csv").path("state").asText()).isEqualTo("rejected");
        await().until(() -> STEPS.hasFailed("notify/not-in-the-log"));
        STEPS.forget();
        CLOCK.move(Duration.ofSeconds(11));

        await().untilAsserted(
                        () -> assertThat(STEPS.seen("notify/not-in-the-log")).isPositive());
    }

    /** Each import is delivered in the end; the last column tells the attempts that it took. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        drop-acme/complete | accepted
        drop-acme/take     | accepted
        check/sidecar      | accepted
        check/read         | accepted
        check/options      | accepted
        check/rows         | accepted
        check/conclusion   | accepted
        check/plan         | accepted
        send/request       | not applied, accepted
        send/call          | in doubt, accepted
        api/prepare        | in doubt, accepted
        api/http           | in doubt, accepted
        api/observe        | in doubt, accepted
        send/verdict       | in doubt, accepted
        send/outcome       | in doubt, accepted
        send/accepted      | in doubt, accepted
        settle/ended       | accepted
        settle/to-archive  | accepted
        receipt/rejects    | accepted
        receipt/compose    | accepted
        receipt/json       | accepted
        receipt/write      | accepted
        settle/told        | accepted
        """)
    void aFaultOfOursHoldsUpItsImportAlone(String step, String attempts) {
        String name = step.replace('/', '-') + ".csv";
        STEPS.failNext(step, new IllegalStateException("a fault of the test at " + step));
        put("acme", name, 7);
        await().until(() -> STEPS.hasFailed(step));
        put("beta", name, 8);

        JsonNode receipt = end("acme", name);

        assertThat(receipt.path("state").asText()).isEqualTo("delivered");
        assertThat(outcomes(receipt)).containsExactly(attempts.split(", "));
        assertThat(end("beta", name).path("state").asText()).isEqualTo("delivered");
    }

    /** An error is no exception that Camel's routes expect, but a fault like others. */
    @Test
    void anErrorOfTheMachineIsAFaultToo() {
        STEPS.failNext("check/rows", new StackOverflowError("a fault of the test"));
        put("acme", "error.csv", 7);
        assertThat(end("acme", "error.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void aDiskThatDoesNotAnswerIsNobodysFault() {
        for (int i = 0; i < 5; i++) {
            STEPS.failNext("check/rows", new IOException("no space left"));
            STEPS.failNext("receipt/write", new IOException("no space left"));
        }
        put("acme", "disk.csv", 7);
        assertThat(end("acme", "disk.csv").path("state").asText()).isEqualTo("delivered");
    }

    @Test
    void aCheckThatFailsAgainAndAgainIsHeld() {
        for (int i = 0; i < 3; i++) {
            STEPS.failNext("check/plan", new IllegalStateException("a fault of the test"));
        }
        put("acme", "held.csv", 9);

        JsonNode receipt = when("acme", "held.csv", "held");

        assertThat(receipt.path("final").asBoolean()).isFalse();
        assertThat(STEPS.hasFailed("check/plan")).isTrue();
        assertThat(api.account().applied(9)).isEmpty();
        put("acme", "after-held.csv", 7);
        assertThat(end("acme", "after-held.csv").path("state").asText())
                .as("another lane goes on")
                .isEqualTo("delivered");
    }

    private static void put(String drop, String name, long segment) {
        String csv = Dropper.csv(name, 2);
        new Dropper(folder.resolve(drop)).pair(name, csv, Dropper.proving(segment, csv));
    }

    private static JsonNode end(String drop, String name) {
        return await(drop + "/" + name)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> later(drop, name)
                                .filter(receipt -> receipt.path("final").asBoolean()),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static JsonNode when(String drop, String name, String state) {
        return await(drop + "/" + name)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> later(drop, name)
                                .filter(receipt ->
                                        receipt.path("state").asText().equals(state)),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The receipt as it is, after every pause of the program was made to pass. */
    private static Optional<JsonNode> later(String drop, String name) {
        CLOCK.move(Duration.ofSeconds(6));
        return new ReceiptReader(folder.resolve(drop)).now(name);
    }

    private static List<String> outcomes(JsonNode receipt) {
        return program.getBean(Browse.class).attempts(receipt.path("import").asText()).stream()
                .map(AttemptRow::outcome)
                .map(String::valueOf)
                .toList();
    }
}
