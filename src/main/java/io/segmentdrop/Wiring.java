package io.segmentdrop;

import io.micrometer.core.instrument.MeterRegistry;
import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.SteadyClock;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.config.DefaultsReader;
import io.segmentdrop.shell.config.DropPolicies;
import io.segmentdrop.shell.config.DropProperties;
import io.segmentdrop.shell.config.DropSource;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.config.Treatment;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.ReceiptMode;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.routes.Drop;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.KnownFolders;
import io.segmentdrop.shell.routes.Nudge;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every part of the program shares: time, chance, the configuration in the core's words, the home, the drops. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    static DefaultsReader defaultsReader() {
        return values -> {
            SidecarParser.Parsed parsed = SidecarParser.defaults(values);
            return new DefaultsReader.Result(parsed.settings(), parsed.problems());
        };
    }

    @Bean
    Ticker ticker() {
        return Ticker.SYSTEM;
    }

    @Bean
    SteadyClock clock(Ticker ticker) {
        return new SteadyClock(Clock.systemUTC(), ticker);
    }

    @Bean
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Bean
    Disk disk() {
        return new Disk();
    }

    @Bean
    Home home(SegmentDropProperties properties, Disk disk) throws IOException {
        Home home = new Home(properties.homeFolder());
        home.prepare(disk);
        return home;
    }

    @Bean
    Reserve reserve(Home home, Disk disk) {
        return new Reserve(home, disk);
    }

    @Bean
    FieldNames fieldNames(SegmentDropProperties properties) {
        return properties.api().fieldNames().names();
    }

    @Bean
    SendRules sendRules(SegmentDropProperties properties, Backoff backoff) {
        return new SendRules(
                backoff,
                properties.send().giveUpAfter(),
                SendRules.RESEND_WINDOW,
                properties.send().holdLimit());
    }

    @Bean
    Backoff backoff(SegmentDropProperties properties) {
        return new Backoff(
                properties.send().backoff().first(), properties.send().backoff().longest());
    }

    @Bean
    DropBoard dropBoard() {
        return new DropBoard();
    }

    @Bean
    Metrics metrics(MeterRegistry registry) {
        return new Metrics(registry);
    }

    @Bean
    Nudge nudge() {
        return new Nudge();
    }

    @Bean
    Drops drops(SegmentDropProperties properties, DropPolicies policies, Home home, Disk disk) {
        List<Drop> drops = new ArrayList<>();
        properties
                .drops()
                .forEach((name, drop) -> drops.add(new Drop(
                        name,
                        folder(
                                name,
                                drop,
                                home,
                                disk,
                                ReceiptMode.of(properties.receipts().mode())),
                        drop.scanEvery(),
                        drop.tellAfter(),
                        SftpWiring.localPatience(drop),
                        drop.maxInCustody() == null ? null : drop.maxInCustody().toBytes(),
                        policies.of(drop),
                        checks(drop, properties),
                        drop.shrinkGuard())));
        return new Drops(drops);
    }

    private static DropFolder folder(String name, DropProperties drop, Home home, Disk disk, ReceiptMode receipts) {
        return switch (drop.source()) {
            case DropSource.Local local -> new DropFolder(local.folder(), disk, receipts);
            case DropSource.Sftp sftp -> new DropFolder(home.spool(name), disk, ReceiptMode.OURS_ALONE);
        };
    }

    @Bean
    DropFolders dropFolders(LedgerDatabase ledger, Events events) {
        return new DropFolders(ledger, events);
    }

    /** Before anything looks at a drop: those that were renamed are known again. */
    @Bean
    KnownFolders knownFolders(
            SegmentDropProperties properties, Drops drops, DropFolders ledger, Home home, Disk disk, Clock clock)
            throws IOException {
        List<KnownFolders.Setup> setups = drops.all().stream()
                .map(drop -> setup(drop, properties.drop(drop.name())))
                .toList();
        KnownFolders folders = new KnownFolders(ledger, clock);
        folders.begin(setups, drops, home, disk);
        return folders;
    }

    private static KnownFolders.Setup setup(Drop drop, DropProperties properties) {
        DropSource source = properties.source();
        return new KnownFolders.Setup(drop, source.words(), source instanceof DropSource.Local, properties.was());
    }

    static CheckSettings checks(DropProperties drop, SegmentDropProperties properties) {
        return new CheckSettings(
                drop.unknownHeaders() == Treatment.REJECT,
                drop.embeddedNewlines() == Treatment.REJECT,
                properties.check().maxRejectRatio(),
                properties.check().maxBytes().toBytes(),
                properties.split().maxRows(),
                properties.split().maxBytes().toBytes());
    }
}
