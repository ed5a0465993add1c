package io.segmentdrop;

import io.micrometer.core.instrument.MeterRegistry;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.ops.Acting;
import io.segmentdrop.shell.ops.DropJson;
import io.segmentdrop.shell.ops.ImportJson;
import io.segmentdrop.shell.ops.Pauses;
import io.segmentdrop.shell.ops.RejectedRows;
import io.segmentdrop.shell.ops.Replay;
import io.segmentdrop.shell.ops.RouteSights;
import io.segmentdrop.shell.ops.Sending;
import io.segmentdrop.shell.ops.Summary;
import io.segmentdrop.shell.ops.page.Downloads;
import io.segmentdrop.shell.ops.page.Pages;
import io.segmentdrop.shell.routes.Drop;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.Feeds;
import io.segmentdrop.shell.routes.KnownFolders;
import io.segmentdrop.shell.routes.Lanes;
import io.segmentdrop.shell.routes.Nudge;
import io.segmentdrop.shell.routes.OpenRequests;
import io.segmentdrop.shell.routes.PolicyCheck;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What the operations API needs beside the ledger; its controllers are found by themselves. */
@Configuration(proxyBeanMethods = false)
class OpsWiring {

    private static final Logger LOG = LoggerFactory.getLogger(OpsWiring.class);

    @Bean
    ImportJson importJson(Browse browse, Events events, Home home, Sending sending, Drops drops, DropBoard board) {
        return new ImportJson(
                browse,
                events,
                home,
                sending,
                drop -> Optional.ofNullable(
                        board.untold().get(drops.find(drop).map(Drop::name).orElse(drop))));
    }

    @Bean
    DropJson dropJson(SegmentDropProperties properties, DropBoard board, Feeds feeds) {
        Map<String, String> sources = new LinkedHashMap<>();
        properties
                .drops()
                .forEach((name, drop) -> sources.put(name, drop.source().words()));
        return new DropJson(sources, board, feeds);
    }

    @Bean
    Replay replay(Replays replays, Imports imports, Lanes lanes, ImportIds ids, Home home, Disk disk, Clock clock) {
        return new Replay(replays, imports, lanes, ids, home, disk, clock);
    }

    /** A replay that a kill cut off holds up its lane until it is undone. */
    @Bean
    CamelContextConfiguration undoReplaysBeforeCamelStarts(Replay replay) {
        return CamelStart.of(camel -> replay.recover());
    }

    @Bean
    Acting acting(
            Browse browse,
            Decisions decisions,
            PolicyCheck policy,
            Replays replays,
            Replay replay,
            Nudge nudge,
            Clock clock) {
        return new Acting(browse, decisions, policy, replays, replay, nudge, clock);
    }

    @Bean
    Pauses pauses(Drops drops, Gates gates, DropBoard board, KnownFolders folders, Nudge nudge, Clock clock) {
        return new Pauses(drops, gates, board, folders, nudge, clock);
    }

    @Bean
    Sending sending(Browse browse, OpenRequests open, Clock clock) {
        return new Sending(browse, open::find, clock);
    }

    @Bean
    Summary summary(Browse browse, Overview overview) {
        return new Summary(browse, overview);
    }

    @Bean
    RouteSights routeSights(MeterRegistry meters, Clock clock) {
        return new RouteSights(meters, clock);
    }

    /** Named by {@code routes/70-rejects.camel.yaml}. */
    @Bean
    RejectedRows rejectedRows(Home home) {
        return new RejectedRows(home);
    }

    @Bean
    Downloads downloads(Home home, ImportJson json) {
        return new Downloads(home, json);
    }

    @Bean
    Pages pages(Summary summary, Clock clock) {
        return new Pages(summary, clock);
    }

    /** Says where people look. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> whereToLook(Environment environment) {
        return ready -> LOG.info(
                "Ready; the page of operations is at http://127.0.0.1:{}/.",
                environment.getProperty("local.server.port", "8080"));
    }
}
