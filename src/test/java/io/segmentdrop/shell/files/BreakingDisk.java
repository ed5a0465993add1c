package io.segmentdrop.shell.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;

/** A disk on which the program ends at one of its calls, before it or right after it. */
class BreakingDisk extends Disk {

    /** The program ended here. */
    static final class Ended extends RuntimeException {}

    private final int last;
    private final boolean after;
    private final boolean copies;
    private int calls;

    /**
     * A disk that breaks.
     *
     * @param last the call at which the program ends, from 1
     * @param after whether that call still has its effect
     * @param copies whether renaming out of the drop is refused, as between file systems
     */
    BreakingDisk(int last, boolean after, boolean copies) {
        this.last = last;
        this.after = after;
        this.copies = copies;
    }

    /** A disk that does not break. */
    static BreakingDisk whole(boolean copies) {
        return new BreakingDisk(Integer.MAX_VALUE, false, copies);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T count(Call<T> call) throws IOException {
        int number = ++calls;
        if (number == last && !after) {
            throw new Ended();
        }
        T result = call.run();
        if (number == last) {
            throw new Ended();
        }
        return result;
    }

    private interface Change {
        void run() throws IOException;
    }

    private void count(Change change) throws IOException {
        count(() -> {
            change.run();
            return "";
        });
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        count(() -> super.makeFolder(folder));
    }

    @Override
    public void forceFile(Path file) throws IOException {
        count(() -> super.forceFile(file));
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        count(() -> super.forceFolder(folder));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (copies && !String.valueOf(from.getFileName()).startsWith(".")) {
            throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another file system");
        }
        count(() -> super.rename(from, to));
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        return count(() -> super.create(file));
    }

    @Override
    public void remove(Path file) throws IOException {
        count(() -> super.remove(file));
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        count(() -> super.replace(file, bytes));
    }
}
