package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules that only the whole file can break, in the order in which they are asked; the first one broken refuses it. */
final class EndRules {

    private final CheckRules rules;
    private final long bytes;
    private final String sha256;
    private final Rows rows;

    /**
     * The rules for one file.
     *
     * @param bytes the file's size as read
     * @param sha256 the file's SHA-256 as read, in lower-case hexadecimal
     */
    EndRules(CheckRules rules, long bytes, String sha256, Rows rows) {
        this.rules = rules;
        this.bytes = bytes;
        this.sha256 = sha256;
        this.rows = rows;
    }

    /** Why the file is refused, or null if it may be sent. */
    @Nullable
    Problem judge() {
        List<Supplier<@Nullable Problem>> all = List.of(
                this::judgeSize,
                this::judgeHash,
                rows::cutOff,
                this::judgeRowCount,
                this::judgeRejected,
                this::judgeRest);
        return all.stream()
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Problem judgeSize() {
        Long expected = rules.expectedBytes();
        return expected == null || expected == bytes
                ? null
                : Problem.of(
                        Code.CSV_SIZE_MISMATCH,
                        "expected " + expected + " bytes as in the sidecar, found " + bytes + "; upload the CSV again");
    }

    private @Nullable Problem judgeHash() {
        String expected = rules.expectedSha256();
        return expected == null || expected.equals(sha256)
                ? null
                : Problem.of(
                        Code.CSV_HASH_MISMATCH,
                        "expected the SHA-256 of the sidecar, found " + sha256
                                + "; upload the CSV again, in binary mode");
    }

    private @Nullable Problem judgeRowCount() {
        Long expected = rules.expectedRows();
        return expected == null || expected == rows.read()
                ? null
                : Problem.of(
                        Code.CSV_ROWCOUNT_MISMATCH,
                        "expected " + expected + " rows as in the sidecar, found " + rows.read());
    }

    private @Nullable Problem judgeRejected() {
        if (rows.rejected() == 0) {
            return null;
        }
        String found = ", found " + rows.rejected() + " of " + rows.read() + "; mend them and drop the file again";
        if (rules.clear()) {
            return Problem.of(Code.CLEAR_WITH_REJECTED_ROWS, "expected no refused rows in a clearing import" + found);
        }
        return rows.rejected() <= rules.maxRejectRatio() * rows.read()
                ? null
                : Problem.of(
                        Code.CSV_TOO_MANY_BAD_ROWS,
                        "expected refused rows to be at most " + rules.maxRejectRatio() + " of all" + found);
    }

    private @Nullable Problem judgeRest() {
        if (rows.read() > rows.rejected()) {
            return null;
        }
        return rules.clear()
                ? Problem.of(Code.CLEAR_WITH_NO_ROWS, "expected rows in a clearing import, found none")
                : Problem.of(Code.CSV_NO_ROWS, "expected rows to send, found none");
    }
}
