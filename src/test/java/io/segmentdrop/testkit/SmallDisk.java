package io.segmentdrop.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system of its own (tmpfs) at a folder, which can be filled and made read-only. Needs root. */
public final class SmallDisk implements AutoCloseable {

    private static final String FILLER = ".filler";

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one of this many KiB; the test is skipped if this machine does not let us. */
    public static SmallDisk mount(Path folder, int kibibytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()),
                NeedsProgramCondition.REASON + " mount, and the right (root's) to mount a tmpfs");
        return new SmallDisk(folder);
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves this many KiB free. */
    public void fill(int kibibytesLeft) {
        Path filler = folder.resolve(FILLER);
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[4096];
            while (folder.toFile().getUsableSpace() > kibibytesLeft * 1024L) {
                out.write(page);
                out.flush();
            }
        } catch (IOException e) {
            if (kibibytesLeft > 0) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes room again. */
    public void free() {
        try {
            Files.deleteIfExists(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets nobody write, or everybody. */
    public void readOnly(boolean is) {
        if (!run("mount", "-o", is ? "remount,ro" : "remount,rw", folder.toString())) {
            throw new IllegalStateException("expected to remount " + folder);
        }
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            run("umount", "-l", folder.toString());
        }
    }
}
