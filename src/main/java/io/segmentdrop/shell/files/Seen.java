package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the file system says of one entry, without following a link. */
record Seen(Map<String, Object> attributes) {

    private static final String WANTED =
            "unix:size,lastModifiedTime,ctime,ino,nlink,isRegularFile,isDirectory,isSymbolicLink";

    /** The entry as it is now, or empty if it is gone. */
    static Optional<Seen> of(Path path) throws IOException {
        try {
            return Optional.of(new Seen(Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** What a descriptor of ours leads to. */
    static Seen through(Path descriptor) throws IOException {
        return new Seen(Files.readAttributes(descriptor, WANTED));
    }

    boolean isFile() {
        return is("isRegularFile");
    }

    private Object get(String name) {
        return Objects.requireNonNull(attributes.get(name));
    }

    Mark mark() {
        return new Mark(size(), mtimeNanos(), inode());
    }

    /** In bytes. */
    long size() {
        return (Long) get("size");
    }

    /** In nanoseconds since 1970 UTC; the sender may have set it. */
    long mtimeNanos() {
        return ((FileTime) get("lastModifiedTime")).to(TimeUnit.NANOSECONDS);
    }

    /** When it arrived or was last changed, in milliseconds since 1970 UTC; nobody can set it. */
    long ctimeMillis() {
        return ((FileTime) get("ctime")).toMillis();
    }

    String inode() {
        return get("ino").toString();
    }

    int links() {
        return (Integer) get("nlink");
    }

    boolean is(String kind) {
        return (Boolean) get(kind);
    }
}
