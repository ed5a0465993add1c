package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CsvCheck;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Opener;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files that a check writes beside the source, each made only when its first byte is written: a file in which no row
 * has to change is sent from the source itself.
 */
final class CheckFiles implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final int REJECTS_BUFFER = 1 << 16;
    private static final int SMALLEST_BUFFER = 1 << 10;

    private final Path work;
    private final Path source;
    private final Path clean;
    private final Path rejects;
    private final long size;
    private final Disk disk;
    /** Whether the folder has other entries than when its import was taken. */
    private boolean changed;

    private @Nullable OutputStream cleanOut;
    private @Nullable OutputStream rejectsOut;

    /**
     * The files of one import; what an earlier check has left of them is removed.
     *
     * @param size of the source, in bytes: a small one needs no large buffers
     */
    CheckFiles(Path work, long size, Disk disk) throws IOException {
        this.work = work;
        this.size = size;
        this.source = work.resolve(Home.SOURCE);
        this.clean = work.resolve(Home.CLEAN);
        this.rejects = work.resolve(Home.REJECTS);
        this.disk = disk;
        this.changed = Disk.isThere(clean) || Disk.isThere(rejects);
        disk.remove(clean);
        disk.remove(rejects);
    }

    CsvCheck.Sinks sinks() {
        return new CsvCheck.Sinks(this::beginClean, new Rejects());
    }

    /** Creates a file only when it is first written to. */
    private final class Rejects extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            out().write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out().write(bytes, from, count);
        }

        private OutputStream out() throws IOException {
            OutputStream out = rejectsOut;
            if (out == null) {
                changed = true;
                out = buffered(rejects, REJECTS_BUFFER);
                rejectsOut = out;
            }
            return out;
        }
    }

    private OutputStream buffered(Path file, int most) throws IOException {
        return new BufferedOutputStream(disk.create(file), Math.clamp(size, SMALLEST_BUFFER, most));
    }

    private OutputStream beginClean(long from, long to) throws IOException {
        changed = true;
        OutputStream out = buffered(clean, BUFFER);
        cleanOut = out;
        try (InputStream in = Opener.stream(source)) {
            in.skipNBytes(from);
            copy(in, to - from, out);
        }
        return out;
    }

    private static void copy(InputStream in, long count, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, count)];
        long left = count;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("expected " + left + " more bytes of the source, found its end");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Makes what the report needs survive a power cut, and removes the rest; the file that holds the chunks. */
    Path keep(CheckReport report) throws IOException {
        close();
        boolean sendsClean = report.cleanFile() && report.refused() == null;
        keep(clean, cleanOut != null, sendsClean);
        keep(rejects, rejectsOut != null, report.rowsRejected() > 0);
        if (changed) {
            disk.forceFolder(work);
        }
        return sendsClean ? clean : source;
    }

    private void keep(Path file, boolean isThere, boolean wanted) throws IOException {
        if (isThere && wanted) {
            disk.forceFile(file);
        } else if (isThere) {
            disk.remove(file);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            close(cleanOut);
        } finally {
            close(rejectsOut);
        }
    }

    private static void close(@Nullable OutputStream out) throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
