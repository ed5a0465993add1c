package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.SteadyClock;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.testkit.ApiCalls;
import io.segmentdrop.testkit.CountedLedger;
import io.segmentdrop.testkit.FreshLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What a {@link Rig} has of its own instead of the program: time, chance, the disk, the door of the ledger, the drops, and nobody
 * who polls.
 */
final class RigWiring {

    /** Shorter than any outage of a test, so that an outage that counted would show. */
    private static final Duration GIVE_UP = Duration.ofHours(2);

    private static final Duration TELL_AFTER = Duration.ofMinutes(5);

    private RigWiring() {}

    static Map<String, Object> settings(Rig.Setup setup) {
        return Map.ofEntries(
                Map.entry("segment-drop.home", setup.home().toString()),
                Map.entry("segment-drop.api.base-url", setup.api().uri().toString()),
                Map.entry("segment-drop.api.token", "key"),
                Map.entry("segment-drop.api.field-names.create-sms-addons", "createSmsAddons"),
                Map.entry("segment-drop.api.field-names.sms-phone-variable", "smsPhoneVariable"),
                Map.entry("segment-drop.api.field-names.send-sms-confirmation", "sendSmsConfirmation"),
                Map.entry("segment-drop.api.field-names.suppress-funnel-events", "suppressFunnelEvents"),
                Map.entry("segment-drop.send.response-timeout", setup.response()),
                Map.entry("segment-drop.send.give-up-after", GIVE_UP),
                Map.entry("segment-drop.ops.password", "secret"),
                Map.entry("camel.main.startup-summary-level", "off"),
                // their consumers are worked by hand
                Map.entry("camel.main.auto-startup-exclude-pattern", "ledger:*"));
    }

    /** Puts what the test holds in place of the program's own. */
    static void replace(GenericApplicationContext context, Rig.Setup setup) {
        context.registerBean("ticker", Ticker.class, () -> setup.clock());
        context.registerBean("clock", SteadyClock.class, () -> new SteadyClock(setup.clock(), setup.clock()));
        context.registerBean("random", RandomGenerator.class, () -> new Random(1));
        context.registerBean("disk", Disk.class, () -> setup.disk());
        context.registerBean("together", Together.class, () -> Together.inOrder());
        context.registerBean("apiKey", ApiKey.class, () -> setup.key());
        context.registerBean("drops", Drops.class, () -> drops(setup));
        context.registerBean(
                "ledgerDatabase",
                LedgerDatabase.class,
                () -> LedgerDatabase.open(
                        FreshLedger.in(context.getBean(Home.class).root()),
                        source -> CountedLedger.untilTheKill(setup.ledger().apply(source), setup.calls())));
        context.registerBean("knownFolders", KnownFolders.class, () -> known(context, setup));
        context.registerBean("apiCalls", ApiCalls.class, () -> new ApiCalls(setup.api(), setup.calls()));
        context.registerBean("byHand", ByHand.class);
    }

    /** Nobody polls but the test. */
    static final class ByHand implements CamelContextConfiguration {

        @Override
        public void beforeApplicationStart(CamelContext camel) {
            camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
                if (endpoint instanceof ScheduledPollEndpoint polled) {
                    polled.setStartScheduler(false);
                }
                return endpoint;
            });
        }

        @Override
        public void afterApplicationStart(CamelContext camel) {}
    }

    private static KnownFolders known(GenericApplicationContext context, Rig.Setup setup) {
        Drops drops = context.getBean(Drops.class);
        KnownFolders folders = new KnownFolders(context.getBean(DropFolders.class), setup.clock());
        List<KnownFolders.Setup> setups = drops.all().stream()
                .map(drop -> new KnownFolders.Setup(
                        drop, "file:" + drop.folder().path(), true, setup.was().getOrDefault(drop.name(), List.of())))
                .toList();
        try {
            folders.begin(setups, drops, context.getBean(Home.class), setup.disk());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }

    private static Drops drops(Rig.Setup setup) {
        List<Drop> drops = new ArrayList<>();
        setup.drops()
                .forEach((name, folder) -> drops.add(new Drop(
                        name,
                        new DropFolder(folder, setup.disk()),
                        // no look waits
                        Duration.ZERO,
                        TELL_AFTER,
                        Rig.PATIENCE,
                        null,
                        setup.policy().apply(Rig.anything()),
                        setup.check(),
                        0.5)));
        return new Drops(drops);
    }
}
