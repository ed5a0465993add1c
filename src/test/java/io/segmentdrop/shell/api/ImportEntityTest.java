package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.send.FormField;
import io.segmentdrop.core.send.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportEntityTest {

    private static final String ROWS = "a@example.org,Ann\nb@example.org,Bob\nc@example.org,Cy\n";

    @TempDir
    Path dir;

    @Test
    void writesHeaderAndItsRowsOnlyAndAnnouncesTheRightLength() throws IOException {
        Slice slice = Slices.part(dir.resolve("clean.csv"), ROWS, 18, 18);
        ImportEntity entity = entity(slice, new Progress());

        String body = written(entity);
        assertThat(body).contains("\r\n\r\nemail,varr_firstname\nb@example.org,Bob\n\r\n--");
        assertThat(entity.getContentLength()).isEqualTo(body.getBytes(UTF_8).length);
    }

    @Test
    void canBeWrittenAgain() throws IOException {
        ImportEntity entity = entity(Slices.whole(dir.resolve("clean.csv"), ROWS), new Progress());

        assertThat(entity.isRepeatable()).isTrue();
        assertThat(written(entity)).isEqualTo(written(entity));
    }

    @Test
    void everyEntityHasItsOwnBoundary() throws IOException {
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS);
        Set<String> types = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String type = entity(slice, new Progress()).getContentType();
            assertThat(type).matches("multipart/form-data; boundary=[0-9a-f]{32}");
            types.add(type);
        }
        assertThat(types).hasSize(100);
    }

    @Test
    void aFieldsNameCannotEndItsHeader() {
        assertThatThrownBy(() -> new FormField("subscriptionOptions[a\"b\r\nX: y]", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected the name of a form field");
    }

    @Test
    void tellsItsProgress() throws IOException {
        Progress progress = new Progress();
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImportEntity entity = new ImportEntity(List.of(), slice, progress, Runnable::run);
        assertThat(progress.started()).isFalse();

        entity.writeTo(out);
        assertThat(progress.phase()).isEqualTo(Phase.BODY_WRITTEN);
        assertThat(progress.bodyBytes()).isEqualTo(progress.bodyLength()).isEqualTo(out.size());
        assertThat(progress.stop()).as("it is too late").isFalse();
    }

    /** The last moment at which it can be stopped: all rows are out. */
    @Test
    void isStoppedBeforeItsLastBoundary() throws IOException {
        Progress progress = new Progress();
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                assertThat(progress.stop()).isTrue();
            }
        };
        ImportEntity entity = new ImportEntity(List.of(), slice, progress, Runnable::run);

        assertThatThrownBy(() -> entity.writeTo(out)).isInstanceOf(SendStoppedException.class);
        assertThat(out.toString(UTF_8)).endsWith(ROWS);
        assertThat(progress.phase()).isEqualTo(Phase.BODY_INCOMPLETE);
        assertThat(progress.lastBoundaryWritten()).isFalse();
    }

    /** Larger than the pages in which it is read, and hashed beside the thread that writes it. */
    @Test
    void aLargeChunkIsWrittenAsItStands() throws IOException {
        String rows = ROWS.repeat(20_000);
        Slice slice = Slices.part(dir.resolve("clean.csv"), rows, 18, rows.length() - 36);
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            ImportEntity entity = new ImportEntity(List.of(), slice, new Progress(), beside);
            for (int again = 0; again < 2; again++) {
                String body = written(entity);
                assertThat(entity.getContentLength()).isEqualTo(body.length());
                assertThat(body.substring(body.indexOf("email,"), body.lastIndexOf("\r\n--")))
                        .isEqualTo(Slices.HEADER + rows.substring(18, rows.length() - 18));
            }
        }
    }

    /** One byte in the first, a middle or the last page; its size and time are as planned. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300_000, 1_059_999})
    void aChangedByteStopsTheRequest(int place) throws IOException {
        Path file = dir.resolve("clean.csv");
        Slice slice = Slices.whole(file, ROWS.repeat(20_000));
        assertThat(Files.size(file)).isEqualTo(1_060_000);
        FileTime time = Files.getLastModifiedTime(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'?'}), place);
        }
        Files.setLastModifiedTime(file, time);

        Progress progress = new Progress();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            ImportEntity entity = new ImportEntity(List.of(), slice, progress, beside);
            assertThatExceptionOfType(StagedChangedException.class)
                    .isThrownBy(() -> entity.writeTo(out))
                    .withMessageStartingWith("the checked file has changed: expected SHA-256 " + slice.sha256());
        }
        assertThat(out.toString(UTF_8)).doesNotEndWith("--\r\n");
        assertThat(progress.lastBoundaryWritten()).isFalse();
    }

    @Test
    void aChunkThatCannotBeHashedIsNoImport() throws IOException {
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS.repeat(20_000));
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.close();
        Progress progress = new Progress();
        ImportEntity entity = new ImportEntity(List.of(), slice, progress, closed);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> entity.writeTo(OutputStream.nullOutputStream()))
                .withMessage("the rows could not be hashed; the request was stopped");
        assertThat(progress.lastBoundaryWritten()).isFalse();
        assertThat(progress.phase()).isEqualTo(Phase.BODY_INCOMPLETE);
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Slice real = Slices.whole(dir.resolve("clean.csv"), ROWS);
        Path link = Files.createSymbolicLink(dir.resolve("link.csv"), real.file());
        Slice slice =
                new Slice(link, 0, real.length(), real.fileSize(), real.fileMtimeNanos(), real.header(), real.sha256());

        assertChanged(slice, "the checked file has changed: expected a regular file, found something else");
    }

    @Test
    void aMissingFileIsAChangedOne() throws IOException {
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS);
        Files.delete(slice.file());

        assertChanged(slice, "the checked file has changed: expected a file of 53 bytes, found none");
    }

    @Test
    void aTouchedFileIsAChangedOne() throws IOException {
        Slice slice = Slices.whole(dir.resolve("clean.csv"), ROWS);
        Files.setLastModifiedTime(slice.file(), FileTime.fromMillis(0));

        assertChanged(
                slice,
                "the checked file has changed: expected the time of change that was planned,"
                        + " found a change at 1970-01-01T00:00:00Z");
    }

    private static void assertChanged(Slice slice, String message) {
        Progress progress = new Progress();
        assertThatExceptionOfType(StagedChangedException.class)
                .isThrownBy(() -> entity(slice, progress).writeTo(OutputStream.nullOutputStream()))
                .withMessage(message + "; the request was stopped");
        assertThat(progress.phase()).isEqualTo(Phase.NOTHING_WRITTEN);
    }

    private static ImportEntity entity(Slice slice, Progress progress) {
        return new ImportEntity(List.of(new FormField("clear", "0")), slice, progress, Runnable::run);
    }

    private static String written(ImportEntity entity) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entity.writeTo(out);
        return out.toString(UTF_8);
    }
}
