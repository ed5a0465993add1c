package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.api.ApiAnswers;
import io.segmentdrop.shell.api.ApiClient;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.api.ApiRequests;
import io.segmentdrop.shell.api.Deadlines;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.Outcomes;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.Killed;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.SetClock;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * The stages, wired as the program wires them and walked through by hand in the order of the routes: one thread, one
 * step after the other, and a clock that is set. What the routes would do when a stage throws is done here too.
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

    /** Shorter than any outage of a test, so that an outage that counted would show. */
    private static final Duration GIVE_UP = Duration.ofHours(2);

    private static final Duration TELL_AFTER = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final FieldNames NAMES = new FieldNames(Map.of(
            Key.CREATE_SMS_ADDONS, "createSmsAddons",
            Key.SMS_PHONE_VARIABLE, "smsPhoneVariable",
            Key.SEND_SMS_CONFIRMATION, "sendSmsConfirmation",
            Key.SUPPRESS_FUNNEL_EVENTS, "suppressFunnelEvents"));

    private final Setup setup;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ObjectMapper json = new ObjectMapper();
    private final LedgerDatabase ledger;
    private final Imports imports;
    private final Gates gates;
    private final Browse browse;
    private final DropBoard board = new DropBoard();
    private final Map<String, DropWatch> watches = new LinkedHashMap<>();
    private final TakeStage take;
    private final Work check;
    private final CheckStage checkStage;
    private final SendWork send;
    private final SendStage sendStage;
    private final Work settle;
    private final SettleStage settleStage;
    private final ReceiptStage receiptStage;
    private final FaultStage faults;
    private final KnownFolders folders;
    private final Untold untold;
    private final Draining draining = new Draining();
    private final ApiClient client;
    private final CloseableHttpClient http;
    private final ApiRequests request;
    private final ApiAnswers answer = new ApiAnswers();
    private final Consumer consumer;

    private Rig(Setup setup) throws Exception {
        this.setup = setup;
        SetClock clock = setup.clock();
        Disk disk = setup.disk();
        Home home = new Home(setup.home());
        home.prepare(disk);
        ledger = LedgerDatabase.open(home.root(), setup.ledger());
        Events events = new Events(ledger);
        imports = new Imports(ledger, events);
        Random random = new Random(1);
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));
        gates = new Gates(ledger, events, backoff, random);
        browse = new Browse(ledger);
        Claims claims = new Claims(ledger);
        Outcomes outcomes = new Outcomes(ledger, imports, gates, events);
        CreatedSegments created = new CreatedSegments(ledger, events);
        SendRules rules = new SendRules(backoff, GIVE_UP, SendRules.RESEND_WINDOW, Duration.ofDays(3));
        Drops drops = drops(setup, disk);
        Nudge nudge = new Nudge();
        Metrics metrics = new Metrics(new SimpleMeterRegistry());
        Doubts doubts = new Doubts(claims);
        untold = new Untold(drops, board);
        folders = new KnownFolders(new DropFolders(ledger, events), clock);
        folders.begin(
                drops.all().stream()
                        .map(drop -> new KnownFolders.Setup(
                                drop,
                                "file:" + drop.folder().path(),
                                true,
                                setup.was().getOrDefault(drop.name(), List.of())))
                        .toList(),
                drops,
                home,
                disk);
        take = new TakeStage(
                drops, home, new Custody(disk), imports, new ImportIds(clock), nudge, Together.inOrder(), clock);
        for (Drop drop : drops.all()) {
            EarlyReceipts early = new EarlyReceipts(drop, TELL_AFTER, json, untold);
            watches.put(
                    drop.name(),
                    new DropWatch(
                            drop, board, new Reserve(home, disk), clock, take::goOn, folders, early, () -> {}));
        }
        check = new ImportWork(busy -> imports.nextToCheck(busy, clock.instant()), Duration.ZERO);
        checkStage =
                new CheckStage(drops, home, disk, imports, NAMES, new Conclusion(NAMES), metrics, Runnable::run, clock);
        sendStage = new SendStage(
                home,
                imports,
                outcomes,
                doubts,
                new ApiWatch(gates, claims, metrics, Traces.NONE),
                new SegmentCreation(json, created, clock),
                rules,
                random,
                draining.guard(),
                clock);
        Guard guard = new Guard(drops, imports, created, NAMES);
        send = new SendWork(sendStage, claims, imports, gates, guard, doubts, setup.key(), rules, clock);
        settle = new ImportWork(
                busy -> imports.tellings().next(busy, untold.resting(clock.instant()), clock.instant()),
                Duration.ZERO);
        Manifests manifests = new Manifests(ledger, events);
        settleStage = new SettleStage(home, disk, imports, browse, manifests, json, metrics, untold);
        receiptStage = new ReceiptStage(drops, home, imports, gates);
        faults = new FaultStage(imports, sendStage, untold, clock);
        client =
                new ApiClient(new Deadlines(Duration.ofSeconds(10), setup.response(), setup.response()), Runnable::run);
        HttpClientBuilder builder = HttpClients.custom();
        client.configureHttpClient(builder);
        http = builder.build();
        request = new ApiRequests(setup.key());
        Endpoint endpoint = camel.getEndpoint("direct:watch");
        consumer = endpoint.createConsumer(exchange -> {});
        boolean recovered = false;
        try {
            new Recovery(new Reconciliation(home, disk, manifests, clock), take, sendStage, claims)
                    .onContextStarting(camel);
            recovered = true;
        } finally {
            if (!recovered) {
                close();
            }
        }
    }

    private static Drops drops(Setup setup, Disk disk) {
        List<Drop> drops = new ArrayList<>();
        setup.drops()
                .forEach((name, folder) -> drops.add(new Drop(
                        name,
                        new DropFolder(folder, disk),
                        Duration.ofMillis(500),
                        new Watch.Settings(Duration.ofSeconds(2), Duration.ofHours(24)),
                        setup.policy().apply(anything()),
                        setup.check(),
                        0.5)));
        return new Drops(drops);
    }

    /** Starts on what the home holds, as the program does: recovery first. */
    public static Rig start(Setup setup) {
        try {
            for (Path folder : setup.drops().values()) {
                Files.createDirectories(folder);
            }
            return new Rig(setup);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public Setup setup() {
        return setup;
    }

    public SetClock clock() {
        return setup.clock();
    }

    public LedgerDatabase ledger() {
        return ledger;
    }

    public Imports imports() {
        return imports;
    }

    public Browse browse() {
        return browse;
    }

    public Gates gates() {
        return gates;
    }

    public DropBoard board() {
        return board;
    }

    public KnownFolders folders() {
        return folders;
    }

    /** The imports by the order of taking. */
    public List<ImportRow> rows() {
        return browse.imports(null, null, null, Long.MAX_VALUE, Browse.MOST).reversed();
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
        boolean goesOn = true;
        for (int pass = 0; goesOn; pass++) {
            if (pass > 500) {
                throw new AssertionError("expected an end, found work without end");
            }
            goesOn = scan();
            goesOn |= all("check", check, this::check);
            goesOn |= all("send", send, this::send);
            goesOn |= all("settle", settle, this::settle);
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
                    .allMatch(drop -> imports.takes().unfinished(drop).isEmpty());
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
        watches.forEach(this::scan);
        return rows().size() > before;
    }

    private void scan(String drop, DropWatch watch) {
        Exchange exchange = exchange("drop-" + drop);
        try {
            if (!watch.begin(consumer, consumer.getEndpoint())) {
                return;
            }
            take.take(watch.complete());
        } catch (Exception e) {
            fault(exchange, e);
        }
    }

    private interface Stage {
        void run(Exchange exchange, Object piece) throws Exception;
    }

    private boolean all(String route, Work work, Stage stage) {
        boolean any = false;
        while (one(route, work, stage)) {
            any = true;
        }
        return any;
    }

    /** Checks everything that is to be checked. */
    public void check() {
        all("check", check, this::check);
    }

    /** Makes the next attempt that is due, if there is one. */
    public boolean sendOne() {
        return one("send", send, this::send);
    }

    /** False if there is nothing to do now, or the ledger does not answer. */
    private boolean one(String route, Work work, Stage stage) {
        Object piece;
        try {
            piece = work.claim();
        } catch (RuntimeException e) {
            return false;
        }
        if (piece == null) {
            return false;
        }
        Exchange exchange = exchange(route);
        Piece.put(exchange, piece);
        exchange.getMessage().setBody(piece);
        boolean recorded = true;
        try {
            stage.run(exchange, piece);
        } catch (Exception e) {
            recorded = fault(exchange, e);
        }
        work.release(piece);
        return recorded;
    }

    private Exchange exchange(String route) {
        DefaultExchange exchange = new DefaultExchange(camel);
        exchange.getExchangeExtension().setFromRouteId(route);
        return exchange;
    }

    /** As {@code routes/90-errors.camel.yaml} does; false if not even that could be recorded. */
    private boolean fault(Exchange exchange, Exception e) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
        try {
            faults.record(exchange);
            return true;
        } catch (RuntimeException again) {
            return false;
        }
    }

    private void check(Exchange exchange, Object piece) throws Exception {
        Checking checking = checkStage.options((ImportRow) piece);
        checkStage.plan(checking.isSound() ? checkStage.rows(checking) : checking);
    }

    private void send(Exchange exchange, Object piece) throws Exception {
        exchange.getMessage().setBody(sendStage.prepare(exchange));
        call(exchange);
        sendStage.record(exchange);
    }

    private void call(Exchange exchange) throws InvalidPayloadException {
        try {
            request.prepare(exchange);
            HttpPost post = new HttpPost(setup.api().uri());
            post.setEntity((HttpEntity) exchange.getMessage().getBody());
            ask(post, setup.calls().count("api: request"));
        } catch (IOException e) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
        }
        answer.observe(exchange);
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
    }

    private void ask(HttpPost post, Calls.@Nullable Wrong wrong) throws IOException {
        if (wrong == Calls.Wrong.FAILS) {
            throw new ConnectException("refused");
        }
        if (wrong == Calls.Wrong.KILLED) {
            throw new Killed("a request");
        }
        if (wrong == Calls.Wrong.FAILS_AFTERWARDS) {
            setup.api().next(new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.RESET));
        }
        http.execute(post, response -> null);
        if (wrong == Calls.Wrong.KILLED_AFTERWARDS) {
            throw new Killed("an answer");
        }
    }

    private void settle(Exchange exchange, Object piece) throws Exception {
        settleStage.putAway(exchange);
        receiptStage.rejects(exchange);
        exchange.getMessage()
                .setBody(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(receiptStage.compose(exchange)));
        receiptStage.write(exchange);
        settleStage.told(exchange);
    }

    /** The program begins to end, as a container's stop does once Camel has waited long enough. */
    public void end() {
        draining.onContextStopped(camel);
    }

    /** Ends without a farewell: what was not committed is not there. */
    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.close();
        ledger.close();
    }
}
