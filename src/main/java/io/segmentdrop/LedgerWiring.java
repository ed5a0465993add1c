package io.segmentdrop;

import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LaneMoves;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.Notices;
import io.segmentdrop.shell.ledger.Outcomes;
import io.segmentdrop.shell.ledger.Overview;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.ledger.Times;
import io.segmentdrop.shell.routes.CheckFaults;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger. */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {

    @Bean
    LedgerDatabase ledgerDatabase(Home home) {
        return LedgerDatabase.open(home.root());
    }

    @Bean
    Events events(LedgerDatabase ledger) {
        return new Events(ledger);
    }

    @Bean
    Imports imports(LedgerDatabase ledger, Events events) {
        return new Imports(ledger, events);
    }

    @Bean
    Gates gates(LedgerDatabase ledger, Events events, Backoff backoff, RandomGenerator random) {
        return new Gates(ledger, events, backoff, random);
    }

    @Bean
    Claims claims(LedgerDatabase ledger) {
        return new Claims(ledger);
    }

    @Bean
    Outcomes outcomes(LedgerDatabase ledger, Imports imports, Gates gates, Events events) {
        return new Outcomes(ledger, imports, gates, events);
    }

    @Bean
    CreatedSegments createdSegments(LedgerDatabase ledger, Events events) {
        return new CreatedSegments(ledger, events);
    }

    @Bean
    LaneMoves laneMoves(LedgerDatabase ledger, Events events) {
        return new LaneMoves(ledger, events);
    }

    @Bean
    Manifests manifests(LedgerDatabase ledger, Events events) {
        return new Manifests(ledger, events);
    }

    @Bean
    Browse browse(LedgerDatabase ledger) {
        return new Browse(ledger);
    }

    @Bean
    Overview overview(LedgerDatabase ledger) {
        return new Overview(ledger);
    }

    @Bean
    Decisions decisions(LedgerDatabase ledger, Imports imports, Events events) {
        return new Decisions(ledger, imports, events);
    }

    @Bean
    Replays replays(LedgerDatabase ledger, Imports imports, Events events) {
        return new Replays(ledger, imports, events);
    }

    @Bean
    ImportIds importIds(Clock clock, Manifests manifests) {
        return new ImportIds(clock, manifests::newestId);
    }

    @Bean
    Times times(LedgerDatabase ledger, Events events, SendRules rules, SegmentDropProperties properties) {
        return new Times(
                ledger,
                events,
                new Times.Longest(
                        rules.longestWait(),
                        longer(rules.backoff().longest(), Claims.PROBE),
                        CheckFaults.PAUSE,
                        longer(properties.notices().again(), Notices.LONGEST_PAUSE)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
