package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.NoFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sender exchanges a file between the last look at it and its take; here always, in life by a race that is won. */
@NeedsProgram(NoFile.MKFIFO)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CustodyExchangeTest {

    @FunctionalInterface
    private interface Exchange {
        void of(Path file) throws IOException;
    }

    @TempDir
    private Path folder;

    private Path drop;
    private Path work;

    @BeforeEach
    void fill() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        work = Files.createDirectory(folder.resolve("home")).resolve("A");
        Files.writeString(drop.resolve("vips.csv"), "email\na@example.com\n");
        Files.writeString(drop.resolve("vips.csv.json"), "{}");
    }

    /** A disk on which the CSV is exchanged right before it is renamed; the program may end at one of its calls. */
    private static final class Exchanging extends BreakingDisk {

        private final Exchange exchange;
        private boolean done;

        Exchanging(int last, boolean copies, Exchange exchange) {
            super(last, false, copies);
            this.exchange = exchange;
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (!done && from.endsWith("vips.csv")) {
                done = true;
                exchange.of(from);
            }
            super.rename(from, to);
        }
    }

    private Custody.Result take(Exchange exchange) throws IOException {
        return new Custody(new Exchanging(Integer.MAX_VALUE, false, exchange)).take(drop, work, pair());
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_file_is_found_out_in_custody_and_never_opened(NoFile kind) throws IOException {
        assertThat(take(kind::at)).isEqualTo(Custody.Result.NO_FILE);

        assertThat(names(work)).containsExactly("sidecar.json", "source.csv.removed");
        assertThat(names(drop)).isEqualTo(kind == NoFile.FOLDER ? List.of("vips.csv") : List.of());
    }

    @Test
    void a_folder_goes_back_to_where_it_was() throws IOException {
        take(NoFile.FOLDER::at);
        assertThat(drop.resolve("vips.csv/inside")).hasContent("inside");
        assertThat(work.resolve("source.csv.removed"))
                .hasContent("The entry in the drop was a folder. It was put back and never opened.");
    }

    @Test
    void a_folder_whose_name_is_taken_by_then_gets_another() throws IOException {
        Disk disk = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (from.endsWith("vips.csv")) {
                    NoFile.FOLDER.at(from);
                    super.rename(from, to);
                    Files.writeString(from, "newer");
                } else {
                    super.rename(from, to);
                }
            }
        };
        assertThat(new Custody(disk).take(drop, work, pair())).isEqualTo(Custody.Result.NO_FILE);
        assertThat(names(drop)).containsExactly(".vips.csv.A", "vips.csv");
        assertThat(drop.resolve("vips.csv")).hasContent("newer");
        assertThat(drop.resolve(".vips.csv.A/inside")).hasContent("inside");
    }

    @ParameterizedTest
    @EnumSource(names = {"PIPE", "LINK", "FOLDER"})
    void a_kill_at_any_call_ends_the_same(NoFile kind) throws IOException {
        List<Custody.Item> items = pair();
        int call = 1;
        for (boolean ended = true; ended; call++) {
            Exchanging killed = new Exchanging(call, false, kind::at);
            ended = isEnded(killed, items);
            Custody.Result again = new Custody(new Disk()).take(drop, work, items);
            if (killed.done) {
                // before the first file is in custody nothing was taken, and nothing is
                assertThat(again).isIn(Custody.Result.NO_FILE, Custody.Result.UNDONE);
                assertThat(Files.exists(work.resolve("source.csv"), LinkOption.NOFOLLOW_LINKS))
                        .as("killed at call %d", call)
                        .isFalse();
            }
            clear(drop);
            clear(work);
            Files.delete(folder.resolve("home"));
            Files.delete(drop);
            fill();
            items = pair();
        }
        assertThat(call).isGreaterThan(7);
    }

    private boolean isEnded(Disk disk, List<Custody.Item> items) throws IOException {
        try {
            new Custody(disk).take(drop, work, items);
            return false;
        } catch (BreakingDisk.Ended e) {
            return true;
        }
    }

    @Test
    void another_file_is_kept_and_not_trusted() throws IOException {
        Custody.Result result = take(file -> {
            FileTime time = Files.getLastModifiedTime(file);
            Path other = Files.writeString(folder.resolve("other"), "email\nb@example.com\n");
            Files.setLastModifiedTime(other, time);
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        });
        assertThat(result).isEqualTo(Custody.Result.CHANGED);
        assertThat(work.resolve("source.csv")).hasContent("email\nb@example.com\n");
        assertThat(names(drop)).isEmpty();
    }

    @Test
    void a_file_that_grew_is_kept_and_not_trusted() throws IOException {
        assertThat(take(file -> Files.writeString(file, "email\na@example.com\nb@example.com\n")))
                .isEqualTo(Custody.Result.CHANGED);
        assertThat(names(work)).containsExactly("sidecar.json", "source.csv");
        assertThat(new Custody(new Disk())
                        .take(drop, work, List.of(new Custody.Item("vips.csv", "20:1:1", "source.csv"))))
                .as("asked again after a kill")
                .isEqualTo(Custody.Result.CHANGED);
    }

    @Test
    void a_file_that_got_a_second_name_is_kept_and_not_trusted() throws IOException {
        assertThat(take(file -> Files.createLink(folder.resolve("second"), file)))
                .isEqualTo(Custody.Result.LINKED);
        assertThat(names(work)).containsExactly("sidecar.json", "source.csv");
    }

    /** Root, as whom tests may run, is never denied anything. */
    @Test
    void a_file_that_may_not_be_read_any_more_is_kept() throws IOException {
        Disk disk = new Disk() {
            @Override
            public void forceFile(Path file) throws IOException {
                if (file.endsWith("source.csv")) {
                    throw new AccessDeniedException(file.toString());
                }
                super.forceFile(file);
            }
        };
        assertThat(new Custody(disk).take(drop, work, pair())).isEqualTo(Custody.Result.UNREADABLE);
        assertThat(names(work)).containsExactly("sidecar.json", "source.csv");
    }

    /** Between file systems there is no moment at which it is ours alone before it is read. */
    @ParameterizedTest
    @EnumSource
    void what_is_no_file_is_not_copied(NoFile kind) throws IOException {
        Disk disk = new Exchanging(Integer.MAX_VALUE, true, kind::at);

        assertThat(new Custody(disk).take(drop, work, pair())).isEqualTo(Custody.Result.NO_FILE);

        assertThat(names(work)).containsExactly("sidecar.json", "source.csv.removed");
        assertThat(names(drop)).isEqualTo(kind == NoFile.FOLDER ? List.of("vips.csv") : List.of());
    }

    /** What grows without an end would be copied without an end. */
    @Test
    void a_copy_ends_where_the_file_ended_when_it_was_looked_at() throws IOException {
        List<Custody.Item> items = pair();
        Disk disk = new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                if (!String.valueOf(from.getFileName()).startsWith(".")) {
                    throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another file system");
                }
                super.rename(from, to);
            }

            @Override
            public OutputStream create(Path file) throws IOException {
                Files.writeString(drop.resolve("vips.csv"), "x".repeat(1 << 20));
                return super.create(file);
            }
        };
        assertThatThrownBy(() -> new Custody(disk).take(drop, work, items))
                .hasMessage("expected the file to stay as it was, found it changed while it was copied");
        assertThat(Files.size(work.resolve(".source.csv.part"))).isEqualTo(20);
    }

    private List<Custody.Item> pair() throws IOException {
        return List.of(item("vips.csv", "source.csv"), item("vips.csv.json", "sidecar.json"));
    }

    private Custody.Item item(String name, String as) throws IOException {
        return new Custody.Item(name, Mark.of(drop.resolve(name)).orElseThrow().text(), as);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : names(folder)) {
                clear(folder.resolve(name));
                Files.deleteIfExists(folder.resolve(name));
            }
            if (!folder.endsWith("drop")) {
                Files.delete(folder);
            }
        }
    }
}
