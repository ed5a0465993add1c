package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.send.FormField;
import io.segmentdrop.core.split.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * One chunk as {@code multipart/form-data}: the fields in their order, then the part {@code file}. It is streamed in flat
 * memory, has a known length and can be written again.
 *
 * <p>Promise: the last boundary is written only if the file has the planned size and time of change, the bytes that went out
 * have the planned SHA-256, and nobody has stopped it. Otherwise writing throws, and the body stays incomplete.
 *
 * <p>The boundary is 128 random bits of its own for every entity, and no content takes part in choosing it, so that no row can
 * end a part. The part's file name is a constant, never the partner's.
 */
public final class ImportEntity extends AbstractHttpEntity {

    private static final int PAGE = 256 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Slice slice;
    private final Progress progress;
    private final Executor hashing;
    private final byte[] opening;
    private final byte[] header;
    private final byte[] closing;

    /**
     * One chunk.
     *
     * @param hashing works out the hash of a large chunk beside the thread that writes it
     */
    public ImportEntity(List<FormField> fields, Slice slice, Progress progress, Executor hashing) {
        this(fields, slice, progress, hashing, newBoundary());
    }

    private ImportEntity(List<FormField> fields, Slice slice, Progress progress, Executor hashing, String boundary) {
        super("multipart/form-data; boundary=" + boundary, null);
        this.slice = slice;
        this.progress = progress;
        this.hashing = hashing;
        this.opening = opening(fields, boundary).getBytes(UTF_8);
        this.header = slice.header().getBytes(UTF_8);
        this.closing = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
    }

    private static String newBoundary() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    private static String opening(List<FormField> fields, String boundary) {
        StringBuilder form = new StringBuilder();
        for (FormField field : fields) {
            form.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
            form.append(escaped(field.name()))
                    .append("\"\r\n\r\n")
                    .append(field.value())
                    .append("\r\n");
        }
        form.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"file\"; ");
        return form.append("filename=\"import.csv\"\r\nContent-Type: text/csv\r\n\r\n")
                .toString();
    }

    /** The three characters that could end a quoted name, as browsers write them. */
    private static String escaped(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        requireRegularFileAsPlanned();
        try (FileChannel channel = FileChannel.open(slice.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            progress.begin(getContentLength());
            write(out, opening, opening.length);
            write(out, header, header.length);
            String sha256 = copyRows(channel, out);
            out.flush();
            requirePlanned(sha256);
            progress.lastBoundary();
            write(out, closing, closing.length);
            out.flush();
        }
    }

    /** The hash of the header and of the rows that were written. */
    private String copyRows(FileChannel channel, OutputStream out) throws IOException {
        int size = (int) Math.min(PAGE, Math.max(1, slice.length()));
        Hashing pages = new Hashing(size, hashing);
        Hashing.Sha256 hash = pages.sha256();
        hash.update(header, 0, header.length);
        try {
            long end = slice.offset() + slice.length();
            for (long position = slice.offset(); position < end; ) {
                byte[] page = pages.page();
                int read = channel.read(ByteBuffer.wrap(page, 0, (int) Math.min(size, end - position)), position);
                if (read < 0) {
                    throw changed("rows up to byte " + end, "the end of the file at byte " + position);
                }
                position += read;
                hash.update(page, 0, read);
                if (position < end) {
                    // hashed while it is written; it is not read into before that
                    pages.turn(size);
                }
                write(out, page, read);
            }
            return hash.end().hex();
        } catch (IllegalStateException e) {
            throw new IOException("the rows could not be hashed; the request was stopped", e);
        }
    }

    private void write(OutputStream out, byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        progress.wrote(length);
    }

    private void requireRegularFileAsPlanned() throws IOException {
        BasicFileAttributes found = attributes();
        if (!found.isRegularFile()) {
            throw changed("a regular file", "something else");
        }
        if (found.size() != slice.fileSize()) {
            throw changed(slice.fileSize() + " bytes", found.size() + " bytes");
        }
        if (found.lastModifiedTime().to(TimeUnit.NANOSECONDS) != slice.fileMtimeNanos()) {
            throw changed("the time of change that was planned", "a change at " + found.lastModifiedTime());
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        try {
            return Files.readAttributes(slice.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw changed("a file of " + slice.fileSize() + " bytes", "none");
        }
    }

    private void requirePlanned(String found) throws StagedChangedException {
        if (!found.equals(slice.sha256())) {
            throw changed("SHA-256 " + slice.sha256(), found);
        }
    }

    private static StagedChangedException changed(String expected, String found) {
        return new StagedChangedException("the checked file has changed: expected " + expected + ", found " + found
                + "; the request was stopped");
    }

    @Override
    public long getContentLength() {
        return opening.length + header.length + slice.length() + closing.length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Not offered: rows leave by {@link #writeTo} alone, so that no tracer or logger can read them here. */
    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("an import is only ever written");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "import of " + getContentLength() + " bytes";
    }
}
