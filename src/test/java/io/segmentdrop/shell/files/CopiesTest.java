package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.testkit.SparseFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies ask for room, and of one drop's no other waits for long. */
class CopiesTest {

    private static final long MIB = 1 << 20;
    /** Takes hours to be copied. */
    private static final long HUGE = 1L << 40;

    @TempDir
    Path folder;

    private final Map<String, AtomicLong> written = new ConcurrentHashMap<>();
    private final Map<Path, AtomicLong> moved = new ConcurrentHashMap<>();
    private volatile boolean fails;
    private long free = Long.MAX_VALUE;
    private Path hostile;
    private Path good;
    private Copies copies;
    private Reserve reserve;

    /** Keeps nothing of what is written. */
    private final Disk nowhere = new Disk() {

        @Override
        public long free(Path any) {
            return free;
        }

        @Override
        public OutputStream create(Path file) {
            AtomicLong count = written.computeIfAbsent(String.valueOf(file.getFileName()), name -> new AtomicLong());
            return new OutputStream() {
                @Override
                public void write(int value) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    if (fails) {
                        throw new IOException("the test ends");
                    }
                    count.addAndGet(length);
                }
            };
        }
    };

    @BeforeEach
    void make() throws IOException {
        hostile = Files.createDirectory(folder.resolve("hostile"));
        good = Files.createDirectory(folder.resolve("good"));
        reserve = new Reserve(new Home(folder), nowhere);
        copies = new Copies(
                nowhere,
                reserve,
                drop -> moved.computeIfAbsent(drop, any -> new AtomicLong()).incrementAndGet());
    }

    @AfterEach
    void end() {
        fails = true;
    }

    private CompletableFuture<Boolean> copy(Path file) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Opener.Opened original = Opener.open(file)) {
                        copies.copy(
                                Objects.requireNonNull(file.getParent()), original, folder.resolve(file.getFileName()));
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private long written(String name) {
        return written.getOrDefault(name, new AtomicLong()).get();
    }

    @Test
    void withoutRoomNothingIsWritten() throws IOException {
        free = Reserve.LEAST + 3 * MIB;
        Path file = SparseFile.make(good.resolve("a.csv"), 4 * MIB);
        try (Opener.Opened original = Opener.open(file)) {
            assertThatThrownBy(() -> copies.copy(good, original, folder.resolve("a.csv")))
                    .isInstanceOf(Reserve.NoRoom.class)
                    .hasMessageStartingWith("expected 68 MiB free on the disk of the home, found 67");
        }
        assertThat(written).isEmpty();
    }

    @Test
    void roomIsClaimedForWhatIsNotYetWrittenAndGivenBack() throws IOException {
        free = Reserve.LEAST + 10 * MIB;
        SparseFile.make(good.resolve("a.csv"), 8 * MIB);
        // what is kept nowhere is not what was written
        assertThat(copy(good.resolve("a.csv")).join()).isFalse();
        assertThat(written("a.csv")).isEqualTo(8 * MIB);
        reserve.claim(10 * MIB).close();
    }

    @Test
    @Timeout(60)
    void oneLargeFileOfADropAtATimeAndOthersInTurnWithIt() throws IOException {
        SparseFile.make(hostile.resolve("huge-1.csv"), HUGE);
        SparseFile.make(hostile.resolve("huge-2.csv"), HUGE);
        SparseFile.make(hostile.resolve("small.csv"), 1000);
        SparseFile.make(good.resolve("a.csv"), 5 * MIB);

        CompletableFuture<Boolean> first = copy(hostile.resolve("huge-1.csv"));
        await().until(() -> written("huge-1.csv") > 0);
        CompletableFuture<Boolean> second = copy(hostile.resolve("huge-2.csv"));
        copy(hostile.resolve("small.csv")).join();
        copy(good.resolve("a.csv")).join();

        assertThat(written("small.csv")).isEqualTo(1000);
        assertThat(written("a.csv")).isEqualTo(5 * MIB);
        assertThat(written("huge-2.csv")).as("after the first").isZero();
        assertThat(Objects.requireNonNull(moved.get(good)).get()).isEqualTo(20);
        assertThat(first).isNotDone();
        fails = true;
        assertThat(first.join()).isFalse();
        assertThat(second.join()).isFalse();
    }
}
