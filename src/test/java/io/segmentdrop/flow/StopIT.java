package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.RawServer;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stop does to requests that are open: to one whose body is under way, and to one that waits for its answer. */
class StopIT {

    private static final String OK = "HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{\"error\":false}";
    /** More than the sockets between us can hold. */
    private static final int MANY = 700_000;

    @TempDir
    Path folder;

    private final AtomicBoolean well = new AtomicBoolean();
    private final AtomicInteger deaf = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();

    @Test
    void a_body_that_is_under_way_never_becomes_an_import() throws IOException {
        try (RawServer api = RawServer.plain(this::answer);
                Server server = Server.start(setup(api.port()), "--camel.main.shutdown-timeout=8")) {
            Dropper acme = new Dropper(server.drop("acme"));
            String large = Dropper.csv("large", MANY);
            acme.pair("large.csv", large, campaign(1));
            acme.pair("silent.csv", Dropper.csv("silent", 1), campaign(2));
            await().atMost(Duration.ofMinutes(1)).until(() -> deaf.get() == 1 && silent.get() == 1);

            assertThat(server.stop()).isZero();

            assertThat(server.log()).doesNotContain(" ERROR ", "fault of segment-drop", "Forcing");
            LedgerBook book = LedgerBook.of(server.home());
            assertThat(book.imports("large.csv"))
                    .extracting(LedgerBook.Import::state)
                    .containsExactly("READY");
            assertThat(outcomes(book, "large.csv")).containsExactly("not applied");
            assertThat(book.imports("silent.csv"))
                    .extracting(LedgerBook.Import::state)
                    .containsExactly("HELD");
            assertThat(outcomes(book, "silent.csv")).containsExactly("in doubt");
            assertThat(book.events()).noneMatch(event -> event.startsWith("gate closed"));

            well.set(true);
            server.restart();
            assertThat(new ReceiptReader(acme.drop())
                            .end("large.csv")
                            .path("state")
                            .asText())
                    .isEqualTo("delivered");
            assertThat(whole.get()).isEqualTo(1);
            assertThat(server.stop()).isZero();
        }
    }

    /** While it is not well it reads no large body, and answers no small one. */
    private void answer(RawServer.Talk talk) throws IOException {
        String head = talk.readHead();
        if (!well.get() && head.contains("/segments/1/")) {
            deaf.incrementAndGet();
            talk.stall();
        }
        talk.readRequest();
        if (!well.get()) {
            silent.incrementAndGet();
            talk.stall();
        }
        whole.incrementAndGet();
        talk.write(OK);
    }

    private static List<String> outcomes(LedgerBook book, String file) {
        String id = book.imports(file).getFirst().id();
        return book.allAttempts().stream()
                .filter(attempt -> attempt.importId().equals(id))
                .map(attempt -> String.valueOf(attempt.outcome()))
                .toList();
    }

    private static String campaign(long segment) {
        return "{\"segment\": %d, \"clear\": false, \"activeStatus\": true, \"sourceCampaign\": 90}".formatted(segment);
    }

    private Server.Setup setup(int port) {
        return Server.Setup.of(folder, URI.create("http://127.0.0.1:" + port))
                .drop("acme", "[{id: 1}, {id: 2}]")
                .with("segment-drop.split.max-rows", "10000000")
                .with("segment-drop.split.max-bytes", "200MB")
                .with("segment-drop.send.response-timeout", "10m");
    }
}
