package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.FolderIdentity;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.NeedsProgramCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner's folder is read without following anything, and written to in receipts alone. */
class DropFolderTest {

    private static final int STRANGER = 54_321;

    @TempDir
    Path folder;

    private Path drop;
    private Path receipts;
    private DropFolder partner;

    @BeforeEach
    void make() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        receipts = drop.resolve("receipts");
        partner = new DropFolder(drop, new Disk());
    }

    @Test
    @NeedsProgram("/usr/bin/mkfifo")
    void listsEveryKindWithoutOpeningIt() throws IOException, InterruptedException {
        Files.writeString(drop.resolve("vips.csv"), "email\n");
        Files.createLink(folder.resolve("other name"), drop.resolve("vips.csv"));
        Files.createSymbolicLink(drop.resolve("link.csv"), folder.resolve("nowhere"));
        Files.createDirectory(drop.resolve("sub.csv"));
        assertThat(new ProcessBuilder(
                                "/usr/bin/mkfifo", drop.resolve("pipe.csv").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(partner.list().entries())
                .extracting(Entry::name, Entry::kind)
                .containsExactlyInAnyOrder(
                        tuple("vips.csv", Entry.Kind.FILE),
                        tuple("link.csv", Entry.Kind.LINK),
                        tuple("sub.csv", Entry.Kind.DIRECTORY),
                        tuple("pipe.csv", Entry.Kind.OTHER));
    }

    @Test
    void looksAtSoManyAndReadsTenTimesAsManyNames() throws IOException {
        Files.createDirectory(drop.resolve("receipts"));
        for (int i = 0; i < 10; i++) {
            Files.createFile(drop.resolve("x" + i + ".csv"));
            Files.createFile(drop.resolve("x" + i + ".csv.part"));
        }
        assertThat(new DropFolder(drop, new Disk(), 10).list()).satisfies(listing -> {
            assertThat(listing.entries()).hasSize(10);
            assertThat(listing.others()).isEqualTo(10);
            assertThat(listing.whole()).isTrue();
        });

        assertThat(new DropFolder(drop, new Disk(), 9).list()).satisfies(listing -> {
            assertThat(listing.entries()).hasSize(9);
            assertThat(listing.whole()).isFalse();
        });
        for (int i = 0; i < 91; i++) {
            Files.createFile(drop.resolve("n" + i + ".txt"));
        }
        assertThat(new DropFolder(drop, new Disk(), 10).list().whole())
                .as("101 names of nobody's")
                .isFalse();
        assertThat(new DropFolder(drop, new Disk(), 11).list().whole()).isTrue();
    }

    @Test
    void keepsFewerOfLongNames() throws IOException {
        for (int i = 10; i < 20; i++) {
            Files.createFile(drop.resolve("x".repeat(194) + i + ".csv"));
        }
        assertThat(new DropFolder(drop, new Disk(), 10).list()).satisfies(listing -> {
            assertThat(listing.entries()).as("a little more than 400 letters").hasSize(3);
            assertThat(listing.whole()).isFalse();
        });
    }

    @Test
    void tellsWhatAFileLooksLike() throws IOException {
        Path file = Files.writeString(drop.resolve("vips.csv"), "email\n");
        Instant set = Instant.parse("2020-01-02T03:04:05.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(set));
        Files.createLink(folder.resolve("other name"), file);

        assertThat(partner.list().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.size()).isEqualTo(6);
            assertThat(entry.mtimeNanos())
                    .isEqualTo(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS))
                    .isEqualTo(TimeUnit.SECONDS.toNanos(set.getEpochSecond()) + set.getNano());
            assertThat(entry.links()).isEqualTo(2);
            assertThat(entry.changedMillis()).as("nobody can set it").isGreaterThan(set.toEpochMilli() + 1000);
            assertThat(entry.identity())
                    .isEqualTo(Mark.of(file).orElseThrow().identity())
                    .matches("\\d+");
        });
    }

    @Test
    void aFolderThatIsMissingIsSaidToBeSoAndNotMade() throws IOException {
        Files.delete(drop);
        assertThatThrownBy(() -> partner.list()).isInstanceOf(NoSuchFileException.class);
        assertThat(drop).doesNotExist();
    }

    @Test
    void readsNoMoreOfASidecarThanItMayHave() throws IOException {
        Files.write(drop.resolve("small.json"), "{}".getBytes(UTF_8));
        Files.write(drop.resolve("large.json"), new byte[100_000]);
        assertThat(partner.readSidecar("small.json")).asString().isEqualTo("{}");
        assertThat(partner.readSidecar("large.json")).hasSize(65_537);
    }

    @Test
    void readsNoSidecarThroughALink() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{}");
        Files.createSymbolicLink(drop.resolve("vips.csv.json"), secret);
        assertThatThrownBy(() -> partner.readSidecar("vips.csv.json")).isInstanceOf(IOException.class);
    }

    @Test
    void writesReceiptsThatThePartnerCanRead() throws IOException {
        write("one");
        write("two");
        assertThat(receipts.resolve("vips.csv.receipt.json")).hasContent("two");
        assertThat(rights(receipts)).isEqualTo("rwxr-x---");
        assertThat(rights(receipts.resolve("vips.csv.receipt.json"))).isEqualTo("rw-r-----");
        assertThat(receipts.toFile().list()).containsExactlyInAnyOrder("vips.csv.receipt.json", ".segment-drop");
        assertThat(receipts.resolve(".segment-drop")).isEmptyDirectory();
        assertThat(rights(receipts.resolve(".segment-drop"))).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @CsvSource({
        "0600,rw-------,rwx------",
        "640,rw-r-----,rwxr-x---",
        "0660,rw-rw----,rwxr-x---",
        "0644,rw-r--r--,rwxr-xr-x",
        "0664,rw-rw-r--,rwxr-xr-x"
    })
    void theModeIsConfigured(String mode, String file, String folderOfIt) throws IOException {
        partner = new DropFolder(drop, new Disk(), ReceiptMode.of(mode));
        write("one");
        assertThat(rights(receipts.resolve("vips.csv.receipt.json"))).isEqualTo(file);
        assertThat(PosixFilePermissions.toString(ReceiptMode.of(mode).folder())).isEqualTo(folderOfIt);
    }

    /** As they are made under the umask 077, by this version before it gives them their mode, or by an earlier one. */
    @Test
    void aFolderThatOnlyWeMayEnterIsOpened() throws IOException {
        Files.createDirectory(receipts);
        Files.setPosixFilePermissions(receipts, PosixFilePermissions.fromString("rwx------"));
        write("one");
        assertThat(rights(receipts)).isEqualTo("rwxr-x---");
    }

    @Test
    void aFolderThatSomebodyOpenedFurtherStaysSo() throws IOException {
        Files.createDirectory(receipts);
        Files.setPosixFilePermissions(receipts, PosixFilePermissions.fromString("rwxrwxr-x"));
        write("one");
        assertThat(rights(receipts)).isEqualTo("rwxrwxr-x");
    }

    @Test
    void receiptsHaveTheGroupOfTheDrop() throws IOException {
        give(drop, "unix:gid");
        write("one");
        assertThat(Files.getAttribute(receipts, "unix:gid")).isEqualTo(STRANGER);
        assertThat(Files.getAttribute(receipts.resolve("vips.csv.receipt.json"), "unix:gid"))
                .isEqualTo(STRANGER);
        assertThat(partner.areReceiptsWithoutGroup()).isFalse();
    }

    @Test
    @NeedsProgram("/usr/bin/mkfifo")
    void whatLiesInThePlaceOfOurOwnFolderIsRemovedUnopened() throws IOException, InterruptedException {
        Files.createDirectory(receipts);
        Path own = receipts.resolve(".segment-drop");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", own.toString()).start().waitFor())
                .isZero();
        write("one");
        assertThat(own).isEmptyDirectory();

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.delete(own);
        Files.createSymbolicLink(own, elsewhere);
        write("two");
        assertThat(own).isDirectory();
        assertThat(Files.isSymbolicLink(own)).isFalse();
        assertThat(receipts.resolve("vips.csv.receipt.json")).hasContent("two");
    }

    @Test
    void aFolderOfAStrangerIsNotTakenForOurOwn() throws IOException {
        Files.createDirectory(receipts);
        Path own = Files.createDirectory(receipts.resolve(".segment-drop"));
        assertThatThrownBy(() -> write("others may enter it")).hasMessageContaining("remove it");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        give(own, "unix:uid");
        assertThatThrownBy(() -> write("it is his")).hasMessageContaining("remove it");
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void aFolderIsKnownAgain() throws IOException {
        FolderIdentity before = partner.identity();
        Files.writeString(drop.resolve("vips.csv"), "email\n");
        assertThat(partner.identity().is(before.known())).isTrue();

        Files.move(drop, folder.resolve("away"));
        Files.createDirectory(drop);
        assertThat(partner.identity().is(before.known())).isFalse();
        assertThat(new DropFolder(folder.resolve("away"), new Disk()).identity().is(before.known()))
                .isTrue();
    }

    /** ext4 gives the inode away at once; what tells the two apart is when they were made. */
    @Test
    void aFolderThatIsMadeAnewIsAnother() throws IOException {
        Files.writeString(drop.resolve("vips.csv"), "email\n");
        FolderIdentity before = partner.identity();
        assumeTrue(before.sure(), NeedsProgramCondition.REASON + " mount, of a file system that keeps birth times");
        Files.delete(drop.resolve("vips.csv"));
        Files.delete(drop);
        Files.createDirectory(drop);
        assertThat(partner.identity().is(before.known())).isFalse();
    }

    @Test
    void nothingIsWrittenIntoAnotherFolder() throws IOException {
        partner.know(partner.identity());
        write("one");
        Path away = folder.resolve("away");
        Files.move(drop, away);
        Files.createDirectory(drop);
        assertThat(partner.isItself()).isFalse();
        assertThatThrownBy(() -> write("two"))
                .isInstanceOf(DropFolder.Replaced.class)
                .hasMessage("expected the folder " + drop + " as it was, found another in its place");
        assertThat(drop).isEmptyDirectory();

        Files.delete(drop);
        assertThat(partner.isItself()).isFalse();
        assertThatThrownBy(() -> write("two")).isInstanceOf(NoSuchFileException.class);
        assertThat(drop).doesNotExist();

        Files.move(away, drop);
        assertThat(partner.isItself()).isTrue();
        write("two");
        assertThat(receipts.resolve("vips.csv.receipt.json")).hasContent("two");
    }

    private static void give(Path path, String attribute) {
        try {
            Files.setAttribute(path, attribute, STRANGER);
        } catch (IOException e) {
            assumeTrue(false, NeedsProgramCondition.REASON + " chown, and the right (root's) to give a folder away");
        }
    }

    @Test
    void aReceiptReplacesALinkOfItsNameAndDoesNotWriteThroughIt() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createDirectory(receipts);
        Files.createSymbolicLink(receipts.resolve("vips.csv.receipt.json"), secret);
        write("receipt");
        assertThat(secret).hasContent("secret");
        assertThat(receipts.resolve("vips.csv.receipt.json")).isRegularFile().hasContent("receipt");
    }

    @Test
    void receiptsAsALinkAreRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(receipts, elsewhere);
        assertRefused();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void receiptsAsALinkThatLeadsNowhereAreRefused() throws IOException {
        Files.createSymbolicLink(receipts, folder.resolve("nowhere"));
        assertRefused();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void receiptsAsAFileAreRefused() throws IOException {
        Files.writeString(receipts, "mine");
        assertRefused();
        assertThat(receipts).hasContent("mine");
    }

    private void assertRefused() {
        assertThat(partner.areReceiptsSafe()).isFalse();
        assertThatThrownBy(() -> write("x"))
                .isInstanceOf(DropFolder.ReceiptsRefused.class)
                .hasMessage("expected a folder, found a link or a file at " + receipts + "; remove it");
    }

    @Test
    void receiptsThatAreMissingOrAFolderAreSafe() throws IOException {
        assertThat(partner.areReceiptsSafe()).isTrue();
        Files.createDirectory(receipts);
        assertThat(partner.areReceiptsSafe()).isTrue();
    }

    @Test
    void aReceiptThatCannotBeWrittenLeavesTheOldOneAndNothingElse() throws IOException {
        write("old");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> partner.writeReceipt("vips.csv.receipt.json", broken))
                .hasMessage("the disk is gone");
        assertThat(receipts.resolve(".segment-drop")).isEmptyDirectory();
        assertThat(receipts.resolve("vips.csv.receipt.json")).hasContent("old");
    }

    @Test
    void whatAKillLeftBehindIsRemovedByTheNextReceipt() throws IOException {
        write("before");
        Files.writeString(receipts.resolve(".segment-drop/0.tmp"), "half");
        write("whole");
        assertThat(receipts.resolve(".segment-drop")).isEmptyDirectory();
        assertThat(receipts.resolve("vips.csv.receipt.json")).hasContent("whole");
    }

    @Test
    void aMarkChangesWithTheFile() throws IOException {
        Path file = Files.writeString(drop.resolve("vips.csv"), "email\n");
        Mark first = Mark.of(file).orElseThrow();
        assertThat(Mark.of(file)).contains(first);
        assertThat(first.text()).isEqualTo(first.size() + ":" + first.mtimeNanos() + ":" + first.identity());

        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(Mark.of(file).orElseThrow().text()).isEqualTo("6:0:" + first.identity());
        Files.delete(file);
        assertThat(Mark.of(file)).isEmpty();
    }

    @Test
    void aMarkIsTheLinksAndNotWhatItPointsTo() throws IOException {
        Path file = Files.writeString(drop.resolve("vips.csv"), "email\n");
        Path link = Files.createSymbolicLink(drop.resolve("link.csv"), file);
        assertThat(Mark.of(link)).isNotEqualTo(Mark.of(file));
    }

    private void write(String content) throws IOException {
        partner.writeReceipt("vips.csv.receipt.json", new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
