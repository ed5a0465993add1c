package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ops.Acting;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.Program;
import io.segmentdrop.testkit.SetClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.support.ScheduledPollConsumer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The program and its routes as they ship, worked by hand: one thread, one piece of work after the other, and a clock that is
 * set. It knows the routes' ids and where they begin, and nothing of their steps.
 */
public final class Rig implements AutoCloseable {

    /**
     * What it stands on.
     *
     * @param home of segment-drop
     * @param drops the folder of each drop
     * @param ledger goes around the ledger's data source
     * @param calls counts the calls to the API
     * @param was the names that drops had before
     */
    public record Setup(
            Path home,
            Map<String, Path> drops,
            UnaryOperator<DropPolicy> policy,
            StandInApi api,
            ApiKey key,
            SetClock clock,
            Disk disk,
            UnaryOperator<DataSource> ledger,
            Calls calls,
            CheckSettings check,
            Duration response,
            Map<String, List<String>> was) {

        /** One drop called {@code acme} in {@code folder/acme}. */
        public static Setup of(Path folder, StandInApi api) {
            return new Setup(
                    folder.resolve("home"),
                    new TreeMap<>(Map.of("acme", folder.resolve("acme"))),
                    policy -> policy,
                    api,
                    ApiKey.ofToken("key"),
                    new SetClock(Instant.parse("2026-03-01T10:00:00Z")),
                    new Disk(),
                    source -> source,
                    Calls.all(),
                    CheckSettings.DEFAULTS,
                    Duration.ofSeconds(20),
                    Map.of());
        }

        /** These drops, and the names that they had before. */
        public Setup drops(Map<String, Path> other, Map<String, List<String>> before) {
            return new Setup(
                    home, new TreeMap<>(other), policy, api, key, clock, disk, ledger, calls, check, response, before);
        }

        public Setup home(Path other) {
            return new Setup(other, drops, policy, api, key, clock, disk, ledger, calls, check, response, was);
        }

        public Setup policy(UnaryOperator<DropPolicy> other) {
            return new Setup(home, drops, other, api, key, clock, disk, ledger, calls, check, response, was);
        }

        public Setup key(ApiKey other) {
            return new Setup(home, drops, policy, api, other, clock, disk, ledger, calls, check, response, was);
        }

        public Setup clock(SetClock other) {
            return new Setup(home, drops, policy, api, key, other, disk, ledger, calls, check, response, was);
        }

        public Setup disk(Disk other) {
            return new Setup(home, drops, policy, api, key, clock, other, ledger, calls, check, response, was);
        }

        public Setup ledger(UnaryOperator<DataSource> other) {
            return new Setup(home, drops, policy, api, key, clock, disk, other, calls, check, response, was);
        }

        public Setup calls(Calls other) {
            return new Setup(home, drops, policy, api, key, clock, disk, ledger, other, check, response, was);
        }

        public Setup response(Duration other) {
            return new Setup(home, drops, policy, api, key, clock, disk, ledger, calls, check, other, was);
        }

        /** Chunks of at most so many rows. */
        public Setup chunks(long rows) {
            CheckSettings small = new CheckSettings(
                    check.rejectUnknownHeaders(),
                    check.rejectEmbeddedNewlines(),
                    check.maxRejectRatio(),
                    check.maxBytes(),
                    rows,
                    check.chunkBytes());
            return new Setup(home, drops, policy, api, key, clock, disk, ledger, calls, small, response, was);
        }
    }

    /** Allows everything, to any of the segments 1 to 99, each its own lane. */
    public static DropPolicy anything() {
        List<DropPolicy.SegmentPolicy> segments = new ArrayList<>();
        for (long id = 1; id < 100; id++) {
            segments.add(new DropPolicy.SegmentPolicy(id, null, Long.toString(id), false));
        }
        return new DropPolicy(
                segments,
                true,
                true,
                true,
                true,
                null,
                null,
                null,
                null,
                null,
                DropPolicy.RequireProof.NEVER,
                Settings.EMPTY);
    }

    /** Days pass in one step of the clock, and count whole. */
    static final Watch.Settings PATIENCE =
            new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)).lookingEvery(Duration.ofDays(1));

    private static final Duration SOON = Duration.ofSeconds(3);

    private final Setup setup;
    private final ConfigurableApplicationContext program;
    private final CamelContext camel;

    private Rig(Setup setup, ConfigurableApplicationContext program) {
        this.setup = setup;
        this.program = program;
        this.camel = program.getBean(CamelContext.class);
    }

    /** On a program that somebody else has started, and ends. */
    static Rig on(Setup setup, ConfigurableApplicationContext program) {
        return new Rig(setup, program);
    }

    /** Starts on what the home holds, as the program does: recovery first. */
    public static Rig start(Setup setup) {
        return start(setup, Map.of());
    }

    /** The same with more settings of the program. */
    static Rig start(Setup setup, Map<String, Object> more) {
        try {
            for (Path folder : setup.drops().values()) {
                Files.createDirectories(folder);
            }
            Map<String, Object> settings = new HashMap<>(RigWiring.settings(setup));
            settings.putAll(more);
            Rig rig = new Rig(setup, Program.start(settings, context -> RigWiring.replace(context, setup)));
            if (setup.calls().isKilled()) {
                rig.close();
            }
            return rig;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            // whatever Spring and Camel made of a kill
            setup.calls().goOn();
        }
    }

    public Setup setup() {
        return setup;
    }

    public SetClock clock() {
        return setup.clock();
    }

    public LedgerDatabase ledger() {
        return program.getBean(LedgerDatabase.class);
    }

    public Imports imports() {
        return program.getBean(Imports.class);
    }

    public Browse browse() {
        return program.getBean(Browse.class);
    }

    public KnownFolders folders() {
        return program.getBean(KnownFolders.class);
    }

    /** What people may do. */
    public Acting acting() {
        return program.getBean(Acting.class);
    }

    public Gates gates() {
        return program.getBean(Gates.class);
    }

    public DropBoard board() {
        return program.getBean(DropBoard.class);
    }

    /** The imports by the order of taking. */
    public List<ImportRow> rows() {
        return browse().imports(null, null, null, Long.MAX_VALUE, Browse.MOST).reversed();
    }

    /** The one import of a file. */
    public ImportRow row(String file) {
        List<ImportRow> found =
                rows().stream().filter(row -> row.fileName().equals(file)).toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one import of " + file + ", found " + found.size());
        }
        return found.getFirst();
    }

    /** Does everything that can be done at this moment. */
    public void run() {
        lookAtTheClock();
        boolean goesOn = true;
        for (int pass = 0; goesOn; pass++) {
            if (pass > 500) {
                throw new AssertionError("expected an end, found work without end");
            }
            goesOn = scan();
            goesOn |= all("check");
            goesOn |= all("send");
            goesOn |= all("settle");
        }
    }

    /** Goes on until nothing is left to do but what waits for a person, and no longer than this by the set clock. */
    public void drain(Duration atMost) {
        Instant end = clock().instant().plus(atMost);
        run();
        while (!isIdle() && clock().instant().isBefore(end)) {
            clock().advance(step(end));
            run();
        }
    }

    /** To the next time at which something is due; soon, if a drop waits for something. */
    private Duration step(Instant end) {
        Instant now = clock().instant();
        boolean watching = !areDropsEmpty();
        Instant due = LedgerBook.due(setup.home(), now).orElse(end);
        Instant next = watching && due.isAfter(now.plus(SOON)) ? now.plus(SOON) : due;
        return Duration.between(now, next.isBefore(end) ? next : end);
    }

    private void lookAtTheClock() {
        try {
            program.getBean(ClockWatch.class).look();
        } catch (RuntimeException e) {
            // the ledger may be one that fails; the program looks again a second later
        } finally {
            setup.calls().goOn();
        }
    }

    private boolean isIdle() {
        return rows().stream()
                        .allMatch(row -> ((row.state().isFinal() && row.settled())
                                        || row.state() == ImportState.HELD
                                        || isBehindHeld(row))
                                && row.told() >= row.revision())
                && areTakesFinished()
                && areDropsEmpty();
    }

    private boolean areDropsEmpty() {
        return setup.drops().values().stream().allMatch(folder -> {
            File[] left = folder.toFile().listFiles((in, name) -> !name.startsWith(".") && !name.equals("receipts"));
            return left == null || left.length == 0;
        });
    }

    private boolean areTakesFinished() {
        try {
            return setup.drops().keySet().stream()
                    .allMatch(drop -> imports().takes().unfinished(drop).isEmpty());
        } catch (RuntimeException e) {
            // the ledger may be one that fails
            return false;
        }
    }

    private boolean isBehindHeld(ImportRow row) {
        return row.lane() != null
                && rows().stream()
                        .anyMatch(other -> row.lane().equals(other.lane())
                                && other.seq() < row.seq()
                                && other.state() == ImportState.HELD);
    }

    /** Scans each drop once and takes what is ready; true if something was taken. */
    public boolean scan() {
        int before = rows().size();
        for (String drop : setup.drops().keySet()) {
            ScheduledPollConsumer consumer = (ScheduledPollConsumer) consumer("drop-" + drop);
            consumer.run();
            setup.calls().goOn();
        }
        return rows().size() > before;
    }

    /** Puts away and tells everything that is to be. */
    public void settle() {
        all("settle");
    }

    /** Does the next piece of a route's work; false if there is none, or the ledger does not answer. */
    boolean step(String route) {
        return one(route);
    }

    /** Checks everything that is to be checked. */
    public void check() {
        all("check");
    }

    /** Makes the next attempt that is due, if there is one. */
    public boolean sendOne() {
        return one("send");
    }

    private boolean all(String route) {
        boolean any = false;
        while (one(route)) {
            any = true;
        }
        return any;
    }

    /** False if there is nothing to do now, or the ledger does not answer. */
    private boolean one(String route) {
        LedgerConsumer consumer = (LedgerConsumer) consumer(route);
        try {
            return consumer.step() == LedgerConsumer.Step.DONE;
        } catch (Exception e) {
            return false;
        } finally {
            setup.calls().goOn();
        }
    }

    /** What one route is fed by. */
    Consumer consumer(String route) {
        return Objects.requireNonNull(camel.getRoute(route), route).getConsumer();
    }

    /** The program begins to end, as a container's stop does. */
    public void end() {
        program.getBean(Draining.class).onContextStopping(camel);
    }

    <T> T bean(Class<T> type) {
        return program.getBean(type);
    }

    /** Ends without a farewell: what was not committed is not there. */
    @Override
    public void close() {
        program.close();
    }
}
