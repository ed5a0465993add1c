package io.segmentdrop.shell.files;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A force covers what came before it was asked for; those who ask together share one; a fault is nobody's success. */
@NullUnmarked
class ForcesTest {

    private static final Path FOLDER = Path.of("receipts");

    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore goOn = new Semaphore(0);
    private final AtomicInteger failures = new AtomicInteger();
    private final Forces forces = new Forces(this::force);
    private final List<Thread> callers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = Thread.ofPlatform().daemon().unstarted(task);
        synchronized (callers) {
            callers.add(thread);
        }
        return thread;
    });

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void force(Path folder) throws IOException {
        begun.incrementAndGet();
        goOn.acquireUninterruptibly();
        if (failures.getAndDecrement() > 0) {
            throw new IOException("a fault of the disk");
        }
    }

    private CompletableFuture<Void> ask(Path folder) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        forces.force(folder);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
    }

    /** One whose force runs, and others who asked after it began. */
    private List<CompletableFuture<Void>> oneRunsAndOthersWait(int others) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(ask(FOLDER));
        await().until(() -> begun.get() == 1);
        for (int i = 0; i < others; i++) {
            all.add(ask(FOLDER));
        }
        await().until(() -> waiting() == others);
        return all;
    }

    private long waiting() {
        synchronized (callers) {
            return callers.stream()
                    .filter(caller -> caller.getState() == Thread.State.WAITING)
                    .filter(caller -> List.of(caller.getStackTrace()).stream()
                            .anyMatch(frame -> frame.getMethodName().equals("await")))
                    .count();
        }
    }

    @Test
    void those_who_ask_while_one_runs_share_the_next() throws Exception {
        List<CompletableFuture<Void>> all = oneRunsAndOthersWait(3);
        goOn.release();
        all.getFirst().get(30, SECONDS);
        assertThat(all.subList(1, 4))
                .as("the one that ran may have come too early")
                .noneMatch(CompletableFuture::isDone);

        goOn.release();
        for (CompletableFuture<Void> one : all) {
            one.get(30, SECONDS);
        }
        assertThat(begun).hasValue(2);
    }

    @Test
    void a_force_that_failed_is_nobodys() throws Exception {
        failures.set(2);
        List<CompletableFuture<Void>> all = oneRunsAndOthersWait(2);
        goOn.release(4);
        long failed = 0;
        for (CompletableFuture<Void> one : all) {
            try {
                one.get(30, SECONDS);
            } catch (ExecutionException e) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(2);
        assertThat(begun).hasValue(3);
    }

    @Test
    void other_folders_do_not_wait() throws Exception {
        oneRunsAndOthersWait(0);
        CompletableFuture<Void> other = ask(Path.of("work"));
        await().until(() -> begun.get() == 2);
        goOn.release(2);
        other.get(30, SECONDS);
    }

    @Test
    void a_later_one_is_forced_again() throws Exception {
        goOn.release(2);
        forces.force(FOLDER);
        forces.force(FOLDER);
        assertThat(begun).hasValue(2);
    }

    @Test
    void a_fault_is_told() {
        failures.set(1);
        goOn.release();
        assertThatThrownBy(() -> forces.force(FOLDER)).isInstanceOf(IOException.class);
    }
}
