package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;

/** Why a file cannot be read on, in words. */
final class Unreadable {

    private Unreadable() {}

    /** A record above its limit; {@code quoteLine} is where its last quote was opened, 0 if there was none. */
    static Problem tooLong(long line, long quoteLine) {
        String hint = quoteLine > 0 ? "; the quote opened in line " + quoteLine + " may never be closed" : "";
        return new Problem(
                Code.CSV_RECORD_TOO_LONG,
                quoteLine > 0 ? quoteLine : line,
                null,
                "expected at most " + CheckRules.MAX_RECORD + " bytes in a record, found more" + hint);
    }

    static Problem unclosedQuote(long line) {
        return new Problem(
                Code.CSV_UNCLOSED_QUOTE,
                line,
                null,
                "expected a closing quote, found the end of the file; upload it whole, or close the quote");
    }

    static Problem nul(long line, long place) {
        return new Problem(
                Code.CSV_NUL, line, null, "expected text, found a NUL byte at byte " + place + " of the file");
    }

    static Problem notUtf8(long line, byte found, long place) {
        return new Problem(
                Code.CSV_NOT_UTF8,
                line,
                null,
                "expected UTF-8, found " + String.format("0x%02X", found) + " at byte " + place
                        + " of the file; export it as UTF-8");
    }
}
