package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.ChunkCutter;
import io.segmentdrop.core.split.Hashing;
import io.segmentdrop.core.split.PlannedChunk;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the rows one by one: what may be sent goes to the clean file and the plan, the rest to the rejects. */
final class Rows {

    private final RowRules rules;
    private final Normaliser normaliser;
    private final ValueWarnings warnings;
    private final RejectsWriter rejects;
    private final Outgoing outgoing;
    private final Tally tally;
    private long read;
    private long rejected;
    private @Nullable Problem cutOff;

    Rows(Header header, CheckRules rules, CsvCheck.Sinks sinks, Tally tally, Hashing hashing) {
        this.rules = new RowRules(header, rules);
        this.normaliser = new Normaliser(header, rules);
        this.warnings = new ValueWarnings(header, rules, tally);
        this.rejects = new RejectsWriter(sinks.rejects(), header);
        this.outgoing = new Outgoing(sinks.clean(), cutter(header, rules, hashing));
        this.tally = tally;
    }

    private static ChunkCutter cutter(Header header, CheckRules rules, Hashing hashing) {
        return rules.clear()
                ? ChunkCutter.whole(header.bytes(), hashing)
                : ChunkCutter.limited(header.bytes(), rules.chunkRows(), rules.chunkBytes(), hashing);
    }

    /**
     * Takes plain rows, for which the present chunk has room.
     *
     * @param place of the first one in the source, in bytes
     */
    void takePlain(byte[] bytes, int from, int count, int number, long place) throws IOException {
        read += number;
        outgoing.addAll(bytes, from, count, number, place);
    }

    /**
     * Takes the next row; afterwards the tally may say that the file is refused.
     *
     * @param place of the row in the source, in bytes
     */
    void take(Fields row, long place, CheckRules settings) throws IOException {
        read++;
        Fault fault = rules.judge(row);
        if (row.lineEnd() == LineEnd.NONE) {
            takeLast(row, fault, settings);
        }
        if (fault == null) {
            accept(row, place);
            return;
        }
        switch (fault.reach()) {
            case ROW -> reject(row, fault.at(row.line()));
            case FILE -> tally.refuse(fault.at(row.line()));
        }
    }

    private void takeLast(Fields row, @Nullable Fault fault, CheckRules settings) {
        if (fault != null && fault.code() == Code.CSV_ROW_SHORT) {
            cutOff = new Problem(
                    Code.CSV_TRUNCATED_SUSPECTED,
                    row.line(),
                    null,
                    fault.message() + " and no line end; the file was probably cut, upload it whole");
        } else if (settings.expectedSha256() == null) {
            tally.warn(Code.CSV_NO_FINAL_NEWLINE, row.line(), null);
        }
    }

    private void accept(Fields row, long place) throws IOException {
        normaliser.normalise(row);
        if (normaliser.isSame(row)) {
            outgoing.addSame(row.bytes(), row.start(), normaliser.length(), place);
        } else {
            outgoing.addOther(normaliser.row(), normaliser.length());
        }
        warnings.look(row);
    }

    private void reject(Fields row, Problem problem) throws IOException {
        rejected++;
        tally.add(problem);
        rejects.write(row, problem);
    }

    long read() {
        return read;
    }

    long rejected() {
        return rejected;
    }

    /** The fault of a last row that looks cut off; null if none does. */
    @Nullable
    Problem cutOff() {
        return cutOff;
    }

    /** How many more rows the present chunk takes. */
    long roomRows() {
        return outgoing.roomRows();
    }

    /** How many more bytes the present chunk takes. */
    long roomBytes() {
        return outgoing.roomBytes();
    }

    /** True if the rows that are sent had to be written into a file of their own. */
    boolean areWritten() {
        return outgoing.isWritten();
    }

    /** Ends the plan. */
    List<PlannedChunk> finish() {
        return outgoing.finish();
    }
}
