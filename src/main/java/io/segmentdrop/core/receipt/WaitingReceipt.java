package io.segmentdrop.core.receipt;

import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.Map;

/**
 * What is said of files that are not taken yet: a receipt that is not final, without an import, in the place of the one that
 * follows when they are taken.
 *
 * @param drop the drop's name
 * @param file the CSV's name, whether it is there or not
 * @param code why they are not taken
 * @param message the same in a sentence, with what was expected and found
 * @param since when they arrived or were last changed
 */
public record WaitingReceipt(String drop, String file, Code code, String message, Instant since) {

    /** The receipt as JSON values in the order in which they are written; times as in a {@link Receipt}. */
    public Map<String, Object> toMap() {
        return ReceiptJson.of(this);
    }

    /** What the partner does, in a sentence without a full stop. */
    public String next() {
        return code.remedy() + "; it is then taken by itself";
    }
}
