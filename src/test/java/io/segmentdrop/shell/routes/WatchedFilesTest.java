package io.segmentdrop.shell.routes;

import static io.segmentdrop.testkit.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.testkit.SetClock;
import io.segmentdrop.testkit.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's consumer of a drop, and of any other folder. */
class WatchedFilesTest {

    @TempDir
    Path folder;

    private @Nullable TestLedger ledger;

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    private KnownFolders known(SampleDrop drop) throws IOException {
        ledger = new TestLedger(Files.createDirectory(folder.resolve("home")));
        KnownFolders known = new KnownFolders(ledger.folders(), new SetClock(NOW));
        known.begin(
                List.of(new KnownFolders.Setup(
                        drop.drop(), "file:" + drop.drop().folder().path(), true, List.of())),
                new Drops(List.of(drop.drop())),
                new Home(folder.resolve("home")),
                new Disk());
        return known;
    }

    @AfterEach
    void close() throws IOException {
        if (ledger != null) {
            ledger.close();
        }
    }

    @Test
    void takesWhatTheWatchFoundAndListsNothingItself() throws Exception {
        SampleDrop drop = new SampleDrop(Files.createDirectory(folder.resolve("drop")));
        DropWatch watch = new DropWatch(
                drop.drop(),
                new DropBoard(),
                drop.room(folder),
                new SetClock(NOW),
                new SetClock(NOW),
                one -> Optional.empty(),
                drop.hashes(),
                known(drop),
                new EarlyReceipts(
                        drop.drop(),
                        drop.drop().tellAfter(),
                        new ObjectMapper(),
                        new Untold(new Drops(List.of(drop.drop())), new DropBoard())));
        drop.put("{\"segment\": 7, \"clear\": false, \"bytes\": 20}");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("watch", watch);
            run(
                    camel,
                    "file:" + folder.resolve("drop") + "?noop=true&idempotent=false&filter=#watch&pollStrategy=#watch");
            await().until(() -> seen.size() > 1);
        }
        assertThat(seen).containsOnly("vips.csv");
    }

    @Test
    void listsAnyOtherFolder() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "a");
        Files.writeString(folder.resolve("b.txt"), "b");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            run(camel, "file:" + folder + "?noop=true");
            await().until(() -> seen.size() == 2);
        }
        assertThat(seen).containsExactlyInAnyOrder("a.txt", "b.txt");
    }

    private void run(DefaultCamelContext camel, String from) throws Exception {
        camel.addComponent("file", new WatchedFiles());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from + "&initialDelay=0&delay=1")
                        .process(exchange -> seen.add(exchange.getMessage().getHeader("CamelFileName", String.class)));
            }
        });
        camel.start();
    }
}
