package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder goes whole to its place, on one file system and to another, also if the program ends at any call. */
@NullUnmarked
class FolderMoveTest {

    private static final FileTime THEN = FileTime.from(Instant.parse("2026-02-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private interface Refusal {
        boolean refuses(Path from);
    }

    /** Where folders cannot be renamed, as between file systems; what lies beside its new name can. */
    private static final class Two extends BreakingDisk {

        private final Refusal refusal;

        Two(int last, boolean after, Refusal refusal) {
            super(last, after, false);
            this.refusal = refusal;
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (refusal.refuses(from)) {
                throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another file system");
            }
            super.rename(from, to);
        }
    }

    @Test
    void isRenamedOnOneFileSystem() throws IOException {
        Object inode = inode(fill("work"));
        new FolderMove(new Disk()).move(work(), place());
        requireMoved();
        assertThat(inode(place())).isEqualTo(inode);
    }

    @Test
    void isCopiedToAnotherFileSystem() throws IOException {
        Object inode = inode(fill("work"));
        new FolderMove(two(Integer.MAX_VALUE, false)).move(work(), place());
        requireMoved();
        assertThat(inode(place())).isNotEqualTo(inode);
    }

    @Test
    void goesOnWhereverTheProgramEnds() throws IOException {
        int ended = 0;
        boolean goesOn = true;
        for (int call = 1; goesOn; call++) {
            for (boolean after : List.of(false, true)) {
                fill("work");
                goesOn = breaks(call, after);
                ended += goesOn ? 1 : 0;
                new FolderMove(two(Integer.MAX_VALUE, false)).move(work(), place());
                requireMoved();
                remove(place());
            }
        }
        assertThat(ended).isGreaterThan(20);
    }

    /** It would keep the folder from ever being put away. */
    @Test
    void aLinkIsLeftOutAndNotFollowed() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "secret");
        Files.createSymbolicLink(fill("work").resolve("link"), outside);
        new FolderMove(two(Integer.MAX_VALUE, false)).move(work(), place());
        requireMoved();
        assertThat(outside).hasContent("secret");
    }

    private boolean breaks(int call, boolean after) throws IOException {
        try {
            new FolderMove(two(call, after)).move(work(), place());
            return false;
        } catch (BreakingDisk.Ended ended) {
            assertThat(Files.exists(work().resolve("a")) || Files.exists(place().resolve("a")))
                    .as("the files are somewhere")
                    .isTrue();
            return true;
        }
    }

    private Two two(int last, boolean after) {
        return new Two(last, after, from -> from.equals(work()));
    }

    private Path work() {
        return folder.resolve("work");
    }

    private Path place() {
        return folder.resolve("archive").resolve("day").resolve("id");
    }

    private Path fill(String name) throws IOException {
        Path filled = Files.createDirectories(folder.resolve(name));
        for (String file : List.of("a", "b")) {
            Files.setLastModifiedTime(Files.writeString(filled.resolve(file), "content of " + file), THEN);
        }
        return filled;
    }

    private void requireMoved() throws IOException {
        assertThat(work()).doesNotExist();
        for (String file : List.of("a", "b")) {
            assertThat(Files.readString(place().resolve(file), UTF_8)).isEqualTo("content of " + file);
            assertThat(Files.getLastModifiedTime(place().resolve(file))).isEqualTo(THEN);
        }
        try (Stream<Path> day = Files.list(place().getParent())) {
            assertThat(day).containsExactly(place());
        }
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static void remove(Path moved) throws IOException {
        try (Stream<Path> files = Files.list(moved)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(moved);
    }
}
