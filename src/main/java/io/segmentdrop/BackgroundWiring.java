package io.segmentdrop;

import io.segmentdrop.core.calendar.FeedCalendar;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.config.RetentionProperties;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Removal;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.health.OtlpTraces;
import io.segmentdrop.shell.health.Traces;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Forgetting;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Notices;
import io.segmentdrop.shell.routes.ClockWatch;
import io.segmentdrop.shell.routes.ClosedDrops;
import io.segmentdrop.shell.routes.Feeds;
import io.segmentdrop.shell.routes.NotifyStage;
import io.segmentdrop.shell.routes.NotifyWork;
import io.segmentdrop.shell.routes.RetentionStage;
import io.segmentdrop.shell.routes.RetentionWork;
import io.segmentdrop.shell.routes.Work;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs beside the imports: notices, feeds that are late, traces, and removing what is old. */
@Configuration(proxyBeanMethods = false)
class BackgroundWiring {

    @Bean
    Notices notices(LedgerDatabase ledger) {
        return new Notices(ledger);
    }

    @Bean
    Feeds feeds(SegmentDropProperties properties, Browse browse, Events events) {
        Map<String, FeedCalendar> calendars = new LinkedHashMap<>();
        properties.drops().forEach((name, drop) -> {
            FeedCalendar calendar = drop.expect().calendar();
            if (calendar != null) {
                calendars.put(name, calendar);
            }
        });
        return new Feeds(calendars, browse, events);
    }

    @Bean("work-notify")
    Work notifyWork(
            SegmentDropProperties properties,
            Feeds feeds,
            DropBoard board,
            Events events,
            Notices notices,
            Clock clock,
            Ticker ticker) {
        return new NotifyWork(
                feeds,
                new ClosedDrops(board, events),
                notices,
                properties.notices().again(),
                clock,
                ticker);
    }

    @Bean
    NotifyStage notifyStage() {
        return new NotifyStage();
    }

    @Bean("work-retention")
    Work retentionWork(Clock clock, Ticker ticker, ClockWatch watch) {
        return new RetentionWork(clock, ticker, watch::stopped);
    }

    @Bean
    RetentionStage retentionStage(
            SegmentDropProperties properties, Home home, Disk disk, LedgerDatabase ledger, Metrics metrics) {
        RetentionProperties days = properties.retention();
        RetentionStage.Ages ages = new RetentionStage.Ages(
                Duration.ofDays(days.archiveDays()),
                Duration.ofDays(days.deadLetterDays()),
                Duration.ofDays(days.ledgerDays()));
        return new RetentionStage(home, new Removal(disk), new Forgetting(ledger), metrics, ages);
    }

    @Bean
    Traces traces(SegmentDropProperties properties) {
        String endpoint = properties.traces().endpoint();
        return endpoint == null ? Traces.NONE : new OtlpTraces(URI.create(endpoint));
    }
}
