package io.segmentdrop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.shell.SteadyClock;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.api.ApiClient;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.files.Copies;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LaneMoves;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.Outcomes;
import io.segmentdrop.shell.ledger.Times;
import io.segmentdrop.shell.routes.ApiWatch;
import io.segmentdrop.shell.routes.AttemptEnds;
import io.segmentdrop.shell.routes.CheckEnds;
import io.segmentdrop.shell.routes.CheckFaults;
import io.segmentdrop.shell.routes.CheckStage;
import io.segmentdrop.shell.routes.ClockWatch;
import io.segmentdrop.shell.routes.Conclusion;
import io.segmentdrop.shell.routes.Doubts;
import io.segmentdrop.shell.routes.Draining;
import io.segmentdrop.shell.routes.DropTemplates;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.Faults;
import io.segmentdrop.shell.routes.Guard;
import io.segmentdrop.shell.routes.HashingThreads;
import io.segmentdrop.shell.routes.HoldLimit;
import io.segmentdrop.shell.routes.ImportWork;
import io.segmentdrop.shell.routes.Lanes;
import io.segmentdrop.shell.routes.LedgerComponent;
import io.segmentdrop.shell.routes.Nudge;
import io.segmentdrop.shell.routes.OpenRequests;
import io.segmentdrop.shell.routes.PolicyCheck;
import io.segmentdrop.shell.routes.ReceiptStage;
import io.segmentdrop.shell.routes.Reconciliation;
import io.segmentdrop.shell.routes.Recovery;
import io.segmentdrop.shell.routes.RoutesPresent;
import io.segmentdrop.shell.routes.SegmentCreation;
import io.segmentdrop.shell.routes.SegmentKinds;
import io.segmentdrop.shell.routes.SendStage;
import io.segmentdrop.shell.routes.SendWork;
import io.segmentdrop.shell.routes.SettleFaults;
import io.segmentdrop.shell.routes.SettleStage;
import io.segmentdrop.shell.routes.SftpDrops;
import io.segmentdrop.shell.routes.SidecarFormat;
import io.segmentdrop.shell.routes.Staged;
import io.segmentdrop.shell.routes.TakeStage;
import io.segmentdrop.shell.routes.Untold;
import io.segmentdrop.shell.routes.WatchedFiles;
import io.segmentdrop.shell.routes.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that {@code routes/} names. */
@Configuration(proxyBeanMethods = false)
class RouteWiring {

    private static final Duration CHECK_REST = Duration.ofMillis(2);
    /** A receipt may come a moment later. */
    private static final Duration SETTLE_REST = Duration.ofMillis(25);

    @Bean
    LedgerComponent ledger(Nudge nudge) {
        return new LedgerComponent(nudge);
    }

    @Bean("file-component")
    WatchedFiles watchedFiles() {
        return new WatchedFiles();
    }

    @Bean
    DropTemplates dropTemplates(Drops drops, SftpDrops servers) {
        return new DropTemplates(drops, servers);
    }

    @Bean
    RoutesPresent routesPresent(SegmentDropProperties properties) {
        return new RoutesPresent(properties.routesFolder());
    }

    @Bean
    CamelContextConfiguration beforeCamelStarts(RoutesPresent routes) {
        return CamelStart.of(routes::check);
    }

    @Bean
    Draining draining(ApiClient client) {
        return new Draining(client);
    }

    @Bean
    Reconciliation reconciliation(Home home, Manifests manifests, Imports imports, Clock clock) {
        return new Reconciliation(home, manifests, imports, clock);
    }

    @Bean
    ClockWatch clockWatch(SteadyClock clock, Ticker ticker, Times times) {
        return new ClockWatch(clock, ticker, times);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> clockIsWatched(ClockWatch watch) {
        return ready -> watch.start();
    }

    @Bean
    Lanes lanes(Drops drops, CreatedSegments created) {
        return new Lanes(drops, created);
    }

    @Bean
    Recovery recovery(
            ClockWatch watch,
            Reconciliation reconciliation,
            TakeStage take,
            AttemptEnds ends,
            Claims claims,
            Lanes lanes,
            LaneMoves moves,
            Clock clock) {
        return new Recovery(watch, reconciliation, take, ends, claims, lanes, moves, clock);
    }

    /** Named by {@code routes/10-drop-local.camel.yaml}: a lot is taken by the thread that looked. */
    @Bean
    SynchronousExecutorService sameThread() {
        return new SynchronousExecutorService();
    }

    /** So many files are moved at once. */
    @Bean
    Together together() {
        return Together.upTo(16);
    }

    @Bean
    TakeStage takeStage(
            Drops drops,
            Lanes lanes,
            Home home,
            Disk disk,
            Reserve reserve,
            Imports imports,
            ImportIds ids,
            Nudge nudge,
            Together together,
            DropBoard board,
            Ticker ticker,
            Clock clock) {
        Copies copies = new Copies(
                disk,
                reserve,
                folder -> drops.all().stream()
                        .filter(drop -> drop.folder().path().equals(folder))
                        .forEach(drop -> board.moves(drop.name(), ticker.elapsed())));
        return new TakeStage(
                drops,
                lanes,
                home,
                new Custody(disk, copies),
                reserve,
                imports,
                ids,
                nudge,
                together,
                (drop, code) -> board.exchanged(drop, code, ticker.elapsed()),
                clock);
    }

    @Bean("work-check")
    Work checkWork(Imports imports, Clock clock, Ticker ticker) {
        return new ImportWork(
                busy -> imports.nextToCheck(busy, clock.instant()),
                CHECK_REST,
                new CheckFaults(imports, clock, ticker));
    }

    @Bean("work-settle")
    Work settleWork(Imports imports, Untold untold, Clock clock, Ticker ticker) {
        return new ImportWork(
                busy -> imports.tellings().next(busy, untold.resting(clock.instant()), clock.instant()),
                SETTLE_REST,
                new SettleFaults(imports, untold, clock, ticker));
    }

    @Bean
    Untold untold(Drops drops, DropBoard board) {
        return new Untold(drops, board);
    }

    @Bean
    Doubts doubts(Claims claims) {
        return new Doubts(claims);
    }

    @Bean
    PolicyCheck policyCheck(Drops drops, FieldNames names) {
        return new PolicyCheck(drops, names);
    }

    @Bean("work-send")
    Work sendWork(
            AttemptEnds ends,
            Home home,
            Claims claims,
            Imports imports,
            Gates gates,
            Drops drops,
            CreatedSegments created,
            PolicyCheck policy,
            Doubts doubts,
            ApiKey key,
            Draining draining,
            SendRules rules,
            Decisions decisions,
            Clock clock,
            Ticker ticker) {
        Guard guard = new Guard(drops, imports, created, policy);
        Staged staged = new Staged(home, imports);
        Work sending = new SendWork(ends, claims, imports, gates, guard, staged, doubts, key, draining, rules, clock);
        return new HoldLimit(decisions, rules, clock, ticker, sending);
    }

    @Bean
    HashingThreads hashingThreads() {
        return new HashingThreads();
    }

    @Bean
    CheckStage checkStage(
            Drops drops,
            Home home,
            Disk disk,
            Imports imports,
            FieldNames names,
            Metrics metrics,
            HashingThreads hashing,
            Draining draining) {
        return new CheckStage(drops, home, disk, imports, names, metrics, hashing.executor(), draining);
    }

    /** The data format that {@code routes/20-check.camel.yaml} reads a sidecar with. */
    @Bean("sidecar")
    SidecarFormat sidecarFormat() {
        return new SidecarFormat();
    }

    @Bean
    CheckEnds checkEnds(Imports imports, FieldNames names, Lanes lanes, Clock clock) {
        return new CheckEnds(imports, new Conclusion(names, lanes), clock);
    }

    @Bean
    SegmentKinds segmentKinds(SegmentDropProperties properties, Gates gates, ObjectMapper json) {
        return new SegmentKinds(properties.api().verifySegments(), gates, json);
    }

    @Bean
    ApiWatch apiWatch(Gates gates, Claims claims, Metrics metrics, Traces traces) {
        return new ApiWatch(gates, claims, metrics, traces);
    }

    @Bean
    SegmentCreation segmentCreation(ObjectMapper json, CreatedSegments created, Clock clock) {
        return new SegmentCreation(json, created, clock);
    }

    @Bean
    OpenRequests openRequests() {
        return new OpenRequests();
    }

    @Bean
    SendStage sendStage(
            Home home,
            Imports imports,
            Doubts doubts,
            ApiWatch watch,
            SegmentCreation creation,
            OpenRequests open,
            SendRules rules,
            RandomGenerator random,
            Clock clock) {
        return new SendStage(home, imports, doubts, watch, creation, open, rules, random, clock);
    }

    @Bean
    AttemptEnds attemptEnds(
            Home home,
            Imports imports,
            Outcomes outcomes,
            SendStage stage,
            ApiWatch watch,
            SegmentCreation creation,
            OpenRequests open,
            SendRules rules,
            Clock clock) {
        return new AttemptEnds(home, imports, outcomes, stage, watch, creation, open, rules, clock);
    }

    @Bean
    SettleStage settleStage(
            Home home,
            Disk disk,
            Imports imports,
            Browse browse,
            Manifests manifests,
            ObjectMapper json,
            Metrics metrics,
            Untold untold) {
        return new SettleStage(home, disk, imports, browse, manifests, json, metrics, untold);
    }

    @Bean
    ReceiptStage receiptStage(Drops drops, Home home, Imports imports, Gates gates) {
        return new ReceiptStage(drops, home, imports, gates);
    }

    /** Named by {@code routes/90-errors.camel.yaml}. */
    @Bean
    Faults faults() {
        return new Faults();
    }
}
