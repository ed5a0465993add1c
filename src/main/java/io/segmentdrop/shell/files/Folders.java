package io.segmentdrop.shell.files;

import io.segmentdrop.core.drop.FolderIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Opens folders where a partner may put anything in their place: a folder or nothing, and at once; a pipe never blocks. */
final class Folders {

    /** Behind it there can only be a folder: to open anything else fails instead of waiting for a writer. */
    private static final String ITSELF = ".";

    /** Since this version Java asks the file system when a file was made; before, it said when it was last changed. */
    private static final int BIRTH_TIMES = 22;

    private Folders() {}

    /** Opens a folder that somebody trusted named; a link to it will do. */
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    static SecureDirectoryStream<Path> open(Path folder) throws IOException {
        DirectoryStream<Path> opened = Files.newDirectoryStream(folder.resolve(ITSELF));
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        opened.close();
        throw new IOException("expected a file system on which folders open without following links");
    }

    /**
     * Opens a folder of an open one, and follows no link.
     *
     * @throws NotDirectoryException if it is a link, or none
     */
    static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> above, Path name) throws IOException {
        SecureDirectoryStream<Path> opened = above.newDirectoryStream(name.resolve(ITSELF));
        boolean isItself = false;
        try {
            BasicFileAttributes named = above.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            isItself = named.isDirectory() && named.fileKey().equals(key(opened));
        } finally {
            if (!isItself) {
                opened.close();
            }
        }
        if (!isItself) {
            throw new NotDirectoryException(name.toString());
        }
        return opened;
    }

    /** Which folder is there now, through a link too. */
    static FolderIdentity identity(Path folder) throws IOException {
        Map<String, Object> found = Files.readAttributes(folder, "unix:dev,ino,creationTime,lastModifiedTime");
        Object born = Objects.requireNonNull(found.get("creationTime"));
        boolean isAsked = Runtime.version().feature() >= BIRTH_TIMES;
        return new FolderIdentity(
                (Long) Objects.requireNonNull(found.get("dev")),
                (Long) Objects.requireNonNull(found.get("ino")),
                isAsked ? (Long) ((FileTime) born).to(TimeUnit.NANOSECONDS) : null,
                // what the file system does not keep, Java says to be the time of the last change
                isAsked && !born.equals(found.get("lastModifiedTime")));
    }

    /** What tells this folder from any other on the machine now. */
    static Object key(SecureDirectoryStream<Path> opened) throws IOException {
        return opened.getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
    }
}
