package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bell wakes its own listener when a name appears, and is no more than a hint. */
@NullUnmarked
class BellsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path temporary;

    @Test
    void ringsWhenANameAppears() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("drop"));
        Path other = Files.createDirectory(temporary.resolve("other"));
        try (Bells bells = Bells.start()) {
            CompletableFuture<Void> waiting = listen(bells.of(folder));
            CompletableFuture<Void> elsewhere = listen(bells.of(other));
            appearUntil(folder, waiting);
            assertThat(elsewhere).isNotDone();
            appearUntil(other, elsewhere);
        }
    }

    @Test
    void listensAnewWhereTheFolderIsThereAgain() throws Exception {
        Path folder = temporary.resolve("drop");
        try (Bells bells = Bells.start()) {
            Bells.Bell bell = bells.of(folder);
            bell.await(Duration.ZERO, Duration.ofMillis(1));
            Files.createDirectory(folder);
            bell.await(Duration.ZERO, Duration.ofMillis(1));
            Files.delete(folder);
            Files.createDirectory(folder);
            await().until(() -> {
                bell.await(Duration.ZERO, Duration.ofMillis(1));
                CompletableFuture<Void> waiting = listen(bell);
                appearUntil(folder, waiting);
                return waiting.isDone();
            });
        }
    }

    @Test
    void isOnlyAHint() throws Exception {
        Bells.silent().of(temporary).await(Duration.ZERO, Duration.ofMillis(1));
    }

    private static CompletableFuture<Void> listen(Bells.Bell bell) {
        return CompletableFuture.runAsync(() -> {
            try {
                bell.await(Duration.ZERO, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Names appear until the listener, who may not listen yet, was woken. */
    private static void appearUntil(Path folder, CompletableFuture<Void> woken) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            appear(folder);
            return woken.isDone();
        });
    }

    private static void appear(Path folder) throws IOException {
        Files.delete(Files.createTempFile(folder, "pair", ".csv"));
    }
}
