package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.split.ChunkCutter;
import io.segmentdrop.core.split.PlannedChunk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the rows one by one: what may be sent goes to the clean file and the plan, the rest to the rejects. */
final class Rows {

    private final RowRules rules;
    private final Normaliser normaliser;
    private final ValueWarnings warnings;
    private final RejectsWriter rejects;
    private final ChunkCutter cutter;
    private final OutputStream clean;
    private final Tally tally;
    private long read;
    private long rejected;
    private @Nullable Problem cutOff;

    Rows(Header header, CheckRules rules, CsvCheck.Sinks sinks, Tally tally) {
        this.rules = new RowRules(header, rules);
        this.normaliser = new Normaliser(header, rules);
        this.warnings = new ValueWarnings(header, rules, tally);
        this.rejects = new RejectsWriter(sinks.rejects(), header);
        this.cutter = rules.clear()
                ? ChunkCutter.whole(header.bytes())
                : ChunkCutter.limited(header.bytes(), rules.chunkRows(), rules.chunkBytes());
        this.clean = sinks.clean();
        this.tally = tally;
    }

    /** Takes the next row; afterwards the tally may say that the file is refused. */
    void take(Fields row, CheckRules settings) throws IOException {
        read++;
        Fault fault = rules.judge(row);
        if (row.lineEnd() == LineEnd.NONE) {
            takeLast(row, fault, settings);
        }
        if (fault == null) {
            accept(row);
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

    private void accept(Fields row) throws IOException {
        normaliser.normalise(row);
        clean.write(normaliser.row(), 0, normaliser.length());
        cutter.add(normaliser.row(), 0, normaliser.length());
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

    /** Ends the plan. */
    List<PlannedChunk> finish() {
        return cutter.finish();
    }
}
