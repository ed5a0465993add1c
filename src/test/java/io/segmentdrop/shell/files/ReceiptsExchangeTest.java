package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.NoFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code receipts} becomes something else while it is used, or hangs: nobody waits, and nothing is written elsewhere. */
@NeedsProgram(NoFile.MKFIFO)
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class ReceiptsExchangeTest {

    private static final String NAME = "vips.csv.receipt.json";

    @TempDir
    private Path folder;

    private Path drop;
    private Path receipts;

    @BeforeEach
    void make() throws IOException {
        drop = Files.createDirectory(folder.resolve("drop"));
        receipts = drop.resolve("receipts");
    }

    /** A disk on which the folder becomes something else right before this folder is fsynced. */
    private Disk exchanging(Path before, Runnable exchange) {
        return new Disk() {
            @Override
            public void forceFolder(Path forced) throws IOException {
                if (forced.equals(before)) {
                    exchange.run();
                }
                super.forceFolder(forced);
            }
        };
    }

    private void exchange(NoFile kind) {
        try {
            Files.move(receipts, folder.resolve("moved away"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kind.at(receipts);
    }

    private static void write(DropFolder partner, InputStream content) throws IOException {
        partner.writeReceipt(NAME, content);
    }

    private static InputStream bytes(String content) {
        return new ByteArrayInputStream(content.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
    void while_it_is_fsynced(NoFile kind) {
        DropFolder partner = new DropFolder(drop, exchanging(receipts, () -> exchange(kind)));
        assertThatThrownBy(() -> write(partner, bytes("receipt"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
    void right_after_it_was_looked_at(NoFile kind) {
        DropFolder partner = new DropFolder(drop, exchanging(drop, () -> exchange(kind)));
        assertThatThrownBy(() -> write(partner, bytes("receipt"))).isInstanceOf(DropFolder.ReceiptsRefused.class);
    }

    @Test
    void a_link_to_a_folder_is_not_followed_although_it_opens_as_one() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        DropFolder partner = new DropFolder(drop, exchanging(drop, () -> {
            try {
                Files.delete(receipts);
                Files.createSymbolicLink(receipts, elsewhere);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        assertThatThrownBy(() -> write(partner, bytes("receipt"))).isInstanceOf(DropFolder.ReceiptsRefused.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static InputStream hanging(CountDownLatch until) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                return read();
            }
        };
    }

    @Test
    void what_hangs_is_given_up_and_gives_no_name_later_on() throws IOException {
        DropFolder partner = new DropFolder(drop, new Disk(), Duration.ofMillis(50));
        CountDownLatch mended = new CountDownLatch(1);
        assertThatThrownBy(() -> write(partner, hanging(mended))).hasMessageStartingWith("the folder does not answer");
        assertThatThrownBy(() -> write(partner, bytes("newer")))
                .as("nothing overtakes it")
                .hasMessageStartingWith("the folder does not answer; what was begun in it hangs");

        mended.countDown();

        await().ignoreExceptions().untilAsserted(() -> write(partner, bytes("newer")));
        assertThat(receipts.toFile().list()).containsExactlyInAnyOrder(NAME, ".segment-drop");
        assertThat(receipts.resolve(NAME)).hasContent("newer");
    }

    /** Like a mount that is dead. */
    @Test
    void a_folder_whose_fsync_hangs_is_given_up() throws IOException {
        CountDownLatch mended = new CountDownLatch(1);
        Disk dead = exchanging(receipts, () -> {
            try {
                mended.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        DropFolder partner = new DropFolder(drop, dead, Duration.ofMillis(50));
        assertThatThrownBy(() -> write(partner, bytes("receipt"))).hasMessageStartingWith("the folder does not answer");
        Path other = Files.createDirectory(folder.resolve("other"));
        write(new DropFolder(other, dead), bytes("receipt"));
        mended.countDown();
        await().ignoreExceptions().untilAsserted(() -> write(partner, bytes("receipt")));
    }
}
