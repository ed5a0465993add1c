package io.segmentdrop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a process of its own, moved from outside while it runs, as an administrator or an NTP daemon does; its monotonic
 * clock stays. By a library that is preloaded: Debian's libfaketime hangs a JVM.
 */
public final class MovedClock {

    /** The compiler that makes the library. */
    public static final String CC = "/usr/bin/cc";

    private static final Path SOURCE = Path.of("src/test/resources/clock/moved.c");

    private final Path library;
    private final Path seconds;
    private Duration by = Duration.ZERO;

    /** Makes the library in this folder; whoever uses this says {@code @NeedsProgram(MovedClock.CC)}. */
    public MovedClock(Path folder) {
        library = folder.resolve("moved.so");
        seconds = folder.resolve("moved.seconds");
        try {
            Process cc = new ProcessBuilder(
                            CC, "-O1", "-Wall", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString())
                    .inheritIO()
                    .start();
            if (!cc.waitFor(1, TimeUnit.MINUTES) || cc.exitValue() != 0) {
                throw new IllegalStateException("expected " + SOURCE + " to be compiled");
            }
            Files.write(seconds, new byte[Long.BYTES]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same server, with this clock. */
    public Server.Setup of(Server.Setup server) {
        return server.environment("LD_PRELOAD", library.toString()).environment("MOVED_CLOCK", seconds.toString());
    }

    /** Moves it by so much more; whole seconds. */
    public void set(Duration more) {
        by = by.plus(more);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, by.toSeconds());
        try (FileChannel file = FileChannel.open(seconds, StandardOpenOption.WRITE)) {
            file.write(bytes, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
