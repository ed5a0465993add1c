package io.segmentdrop.testkit;

import io.segmentdrop.shell.files.Disk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** The disk, each call counted; one of them may go wrong. Names are those of the calls with the last names of the paths. */
@NullUnmarked
public final class CountedDisk extends Disk {

    private final Calls calls;

    public CountedDisk(Calls calls) {
        this.calls = calls;
    }

    public Calls calls() {
        return calls;
    }

    private static IOException full(String what) {
        return new FileSystemException(what, null, "No space left on device");
    }

    private void through(String what, Calls.Call<Void, IOException> call) throws IOException {
        calls.<Void, IOException>through("disk: " + what, CountedDisk::full, call);
    }

    private static String name(Path path) {
        // ids and random temporary names are not the same in two runs
        return String.valueOf(path.getFileName()).replaceAll("[0-9A-HJKMNP-TV-Z]{26}", "ID");
    }

    @Override
    public void forceFile(Path file) throws IOException {
        through("force file " + name(file), () -> {
            super.forceFile(file);
            return null;
        });
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        through("force folder " + name(folder), () -> {
            super.forceFolder(folder);
            return null;
        });
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        if (!java.nio.file.Files.isDirectory(folder)) {
            through("make folder " + name(folder), () -> {
                super.makeFolder(folder);
                return null;
            });
        }
    }

    @Override
    public void makeFolders(Path above, List<Path> folders) throws IOException {
        through("make folders in " + name(above), () -> {
            super.makeFolders(above, folders);
            return null;
        });
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        through("rename " + name(from) + " to " + name(to), () -> {
            super.rename(from, to);
            return null;
        });
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        OutputStream out = calls.through("disk: create " + name(file), CountedDisk::full, () -> super.create(file));
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                through("write " + name(file), () -> {
                    out.write(bytes, from, count);
                    return null;
                });
            }
        };
    }

    @Override
    public void remove(Path file) throws IOException {
        if (java.nio.file.Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            through("remove " + name(file), () -> {
                super.remove(file);
                return null;
            });
        }
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        through("replace " + name(file), () -> {
            super.replace(file, bytes);
            return null;
        });
    }
}
