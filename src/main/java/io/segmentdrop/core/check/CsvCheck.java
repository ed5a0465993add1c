package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.Hashing;
import io.segmentdrop.core.split.PlannedChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The check of one CSV: reads it once, writes what may be sent and what is refused, and plans the chunks. Memory does not
 * depend on the file: one record of at most {@link CheckRules#MAX_RECORD} bytes, and a bounded report.
 */
public final class CsvCheck {

    private static final int READ_SIZE = 1 << 16;
    private static final int SMALLEST_READ = 1 << 10;
    private static final int READS_A_PAGE = 4;

    private final Hashing hashing;
    private final Source source;
    private final Window window;
    private final RecordReader reader;
    private final CheckRules rules;
    private final Sinks sinks;
    private final Manner manner;
    private final Tally tally = new Tally();
    private final LineEnds lineEnds = new LineEnds();
    private @Nullable Header header;
    private @Nullable Rows rows;
    private @Nullable String sha256;

    private CsvCheck(InputStream source, CheckRules rules, Sinks sinks, Manner manner) throws IOException {
        this.hashing = new Hashing(manner.readSize() * READS_A_PAGE + RecordIndex.BLOCK, manner.hashing());
        this.source = new Source(source, hashing);
        this.window = new Window(this.source, manner.readSize(), hashing);
        this.reader = new RecordReader(window);
        this.rules = rules;
        this.sinks = sinks;
        this.manner = manner;
    }

    /** How rows are taken; what is found is the same. */
    enum Pace {
        /** Plain rows in runs, all others one by one. */
        PLAIN_ROWS_IN_RUNS,
        /** Every row by the rules, as if none was plain. */
        ROW_BY_ROW
    }

    /**
     * How a check goes about it; what is found is the same.
     *
     * @param readSize how many bytes are read at once, from 1
     * @param hashing works out the hashes of pages that are full
     */
    record Manner(int readSize, Pace pace, Executor hashing) {

        /** The quickest for a file of this size; a small one needs no large buffer. */
        static Manner of(long sourceBytes, Executor hashing) {
            int size = sourceBytes < 0 ? READ_SIZE : Math.clamp(sourceBytes + 1, SMALLEST_READ, READ_SIZE);
            return new Manner(size, Pace.PLAIN_ROWS_IN_RUNS, hashing);
        }
    }

    /** The file for the rows that are sent, needed only if they do not stand so in the source. */
    @FunctionalInterface
    public interface CleanFile {

        /**
         * Begins the file with a part of the source, which may be empty; called once at most.
         *
         * @param from the part's first byte in the source, from 0
         * @param to behind its last byte
         * @return gets the rows that follow; the check neither flushes nor closes it
         */
        OutputStream begin(long from, long to) throws IOException;
    }

    /**
     * Where the check writes. Streams are buffered by the caller; the check neither flushes nor closes them.
     *
     * @param clean is begun if a row that is sent does not stand in the source as it must be, or not right behind the one
     *     before it; then it holds all rows to be sent, without the header; of no use if the file is refused
     * @param rejects gets the refused rows under a header of their own; nothing if no row was refused
     */
    public record Sinks(CleanFile clean, OutputStream rejects) {}

    /**
     * Reads the source once, to its end unless the file is refused early, in flat memory.
     *
     * @param source the CSV from its first byte; neither buffered nor closed by the check
     * @param sourceBytes its size as the directory says, held against the limit before anything is read
     * @param rules what it is held against
     * @param hashing works out the SHA-256 of the file and of its chunks, page by page, while this thread goes on; a small
     *     file needs it not at all, and {@code Runnable::run} does it in this thread
     * @return what was found; a file that is refused is a value too
     * @throws IOException of the three streams only
     * @throws IllegalStateException if {@code hashing} failed
     */
    public static CheckReport check(
            InputStream source, long sourceBytes, CheckRules rules, Sinks sinks, Executor hashing) throws IOException {
        return check(source, sourceBytes, rules, sinks, Manner.of(sourceBytes, hashing));
    }

    /** Like the public method, in a manner of one's own. */
    static CheckReport check(InputStream source, long sourceBytes, CheckRules rules, Sinks sinks, Manner manner)
            throws IOException {
        if (sourceBytes > rules.maxBytes()) {
            return tooLarge(sourceBytes, rules.maxBytes());
        }
        CsvCheck check = new CsvCheck(source, rules, sinks, manner);
        check.run();
        return check.report();
    }

    private void run() throws IOException {
        Problem foreign = FileKind.refuse(source.prefix());
        if (foreign != null) {
            tally.refuse(foreign);
            return;
        }
        if (source.skipBom()) {
            tally.warn(Code.CSV_BOM, 1, null);
        }
        header = readHeader();
        if (header != null) {
            rows = new Rows(header, rules, sinks, tally, hashing);
            readRows(rows, new PlainRows(window, rows, header, rules, manner.pace() == Pace.PLAIN_ROWS_IN_RUNS));
        }
        lineEnds.report(tally);
    }

    private @Nullable Header readHeader() throws IOException {
        boolean isFirst = true;
        while (nextRecord()) {
            Fields record = reader.fields();
            if (!isFirst || !HeaderShape.isSeparatorLine(record)) {
                return HeaderRules.judge(record, rules, tally);
            }
            isFirst = false;
            tally.warn(Code.CSV_EXCEL_SEP, record.line(), null);
        }
        if (tally.refused() == null) {
            tally.refuse(Problem.of(Code.CSV_EMPTY, "expected a header and rows, found nothing"));
        }
        return null;
    }

    private void readRows(Rows body, PlainRows plain) throws IOException {
        takePlain(plain);
        while (readsOn(plain)) {
            body.take(reader.fields(), window.place(reader.fields().start()), rules);
            if (tally.refused() != null) {
                return;
            }
            takePlain(plain);
        }
        if (tally.refused() == null) {
            end(body);
        }
    }

    private boolean readsOn(PlainRows plain) throws IOException {
        if (plain.read(reader.fields(), reader.line())) {
            lineEnds.see(LineEnd.LF, reader.line());
            reader.passed(1);
            return true;
        }
        return nextRecord();
    }

    private void takePlain(PlainRows plain) throws IOException {
        plain.take();
        lineEnds.see(LineEnd.LF, reader.line(), plain.taken());
        reader.passed(plain.lines());
    }

    private void end(Rows body) {
        sha256 = source.sha256();
        Problem problem = new EndRules(rules, source.bytes(), sha256, body).judge();
        if (problem != null) {
            tally.refuse(problem);
        }
    }

    /** Goes on to the next record that is no blank line; false at the end, or if the file cannot be read on. */
    private boolean nextRecord() throws IOException {
        while (true) {
            RecordReader.Step step = reader.next();
            switch (step) {
                case END -> {
                    return false;
                }
                case FAULT -> {
                    tally.refuse(reader.fault());
                    return false;
                }
                case BLANK_LINE -> {
                    lineEnds.see(reader.fields().lineEnd(), reader.fields().line());
                    tally.warn(Code.CSV_BLANK_LINES, reader.fields().line(), null);
                }
                case RECORD -> {
                    lineEnds.see(reader.fields().lineEnd(), reader.fields().line());
                    return true;
                }
            }
        }
    }

    private CheckReport report() {
        List<PlannedChunk> chunks = rows == null || tally.refused() != null ? List.of() : rows.finish();
        return new CheckReport(
                tally.refused(),
                tally.problems(),
                tally.total(),
                tally.warnings(),
                rows == null ? 0 : rows.read(),
                rows == null ? 0 : rows.rejected(),
                source.bytes(),
                sha256,
                header == null ? "" : header.line(),
                header == null ? Set.of() : header.names(),
                chunks,
                rows != null && rows.areWritten(),
                header != null && header.replacesTags());
    }

    private static CheckReport tooLarge(long found, long limit) {
        Problem problem = Problem.of(
                Code.CSV_TOO_LARGE, "expected at most " + limit + " bytes, found " + found + "; split the file");
        return new CheckReport(
                problem, List.of(problem), 1, List.of(), 0, 0, 0, null, "", Set.of(), List.of(), false, false);
    }
}
