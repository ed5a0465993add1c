package io.segmentdrop.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The CSV of one import, read with another reader than segment-drop's own so that the two can disagree.
 *
 * @param name the file name of the part
 * @param type the part's Content-Type; null if it had none
 * @param bytes size of the CSV
 * @param sha256 of the CSV, lower-case hexadecimal
 * @param header its columns; empty if the fault lies before them
 * @param count how many rows follow the header
 * @param rows the rows; empty if they are only counted
 * @param fault what a strict reader finds wrong; null if nothing
 */
public record Upload(
        String name,
        @Nullable String type,
        long bytes,
        String sha256,
        List<String> header,
        long count,
        List<List<String>> rows,
        @Nullable String fault) {

    private static final CSVFormat STRICT = CSVFormat.RFC4180;

    /** Reads the content to its end, whatever is wrong in it. */
    static Upload read(String name, @Nullable String type, InputStream content, Members members) throws IOException {
        Hashing bytes = new Hashing(content);
        Table table = new Table(members);
        String fault = table.read(bytes);
        bytes.transferTo(OutputStream.nullOutputStream());
        return new Upload(
                name, type, bytes.hash.count(), bytes.hash.hex(), table.header, table.count, table.rows, fault);
    }

    private static final class Table {

        private final Members members;
        private final List<List<String>> rows = new ArrayList<>();
        private List<String> header = List.of();
        private long count;

        Table(Members members) {
            this.members = members;
        }

        @Nullable
        String read(InputStream bytes) throws IOException {
            Reader text = new InputStreamReader(
                    bytes,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
            try {
                return records(CSVParser.parse(text, STRICT).iterator());
            } catch (UncheckedIOException e) {
                return fault(e.getCause());
            } catch (CharacterCodingException | CSVException e) {
                return fault(e);
            }
        }

        private static String fault(@Nullable IOException cause) throws IOException {
            if (cause instanceof CharacterCodingException) {
                return "expected UTF-8";
            }
            if (cause instanceof CSVException) {
                return "expected RFC 4180";
            }
            throw cause == null ? new IOException("reading the CSV failed") : cause;
        }

        private @Nullable String records(Iterator<CSVRecord> records) {
            if (!records.hasNext()) {
                return "expected a header";
            }
            header = records.next().toList();
            String fault = headerFault();
            while (fault == null && records.hasNext()) {
                fault = take(records.next());
            }
            return fault;
        }

        private @Nullable String headerFault() {
            if (!header.getFirst().equals("email")) {
                return "expected email as the first column";
            }
            boolean plain = header.stream().allMatch(column -> column.matches("[a-zA-Z0-9_-]+"));
            return plain && new HashSet<>(header).size() == header.size() ? null : "expected plain headers, each once";
        }

        private @Nullable String take(CSVRecord row) {
            if (row.size() != header.size()) {
                return "expected " + header.size() + " fields in row " + (count + 1) + ", found " + row.size();
            }
            if (row.get(0).isEmpty()) {
                return "expected an address in row " + (count + 1);
            }
            count++;
            if (members == Members.KEPT) {
                rows.add(row.toList());
            }
            return null;
        }
    }

    private static final class Hashing extends FilterInputStream {

        private final Hash hash = new Hash();

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            hash.add(target, offset, Math.max(got, 0));
            return got;
        }
    }
}
