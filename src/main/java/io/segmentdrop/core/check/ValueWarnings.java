package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.Suppression;
import io.segmentdrop.core.split.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the values of accepted rows for what a person should know of. Nothing is changed or refused for it. */
final class ValueWarnings {

    private static final Set<String> NULLS = Set.of("NULL", "\\N", "None", "n/a");
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d\\.\\d+E\\+\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-][0-9 ()./-]*");
    /** First bytes of values that need a second look. */
    static final String SUSPECTS = "=+-@\tN\\n0123456789";

    private static final boolean[] SUSPECT = suspects(SUSPECTS);

    private final Header header;
    private final int email;
    private final @Nullable Suppression hashes;
    private final Set<String> hashesOfNothing;
    private final Tally tally;

    ValueWarnings(Header header, CheckRules rules, Tally tally) {
        this.header = header;
        this.email = header.email();
        this.hashes = EmailRule.hashesIn(rules);
        this.hashesOfNothing = hashes == null ? Set.of() : hashesOfNothing(hashes);
        this.tally = tally;
    }

    void look(Fields row) {
        if (row.has(Fields.SPACED)) {
            tally.warn(Code.CSV_SPACE_OUTSIDE_QUOTES, row.line(), null);
        }
        lookAtEmail(row);
        for (int i = 0; i < header.width(); i++) {
            if (i != email && !row.isEmpty(i)) {
                lookAtValue(row, i);
            }
        }
    }

    private void lookAtEmail(Fields row) {
        byte[] bytes = row.bytes();
        int from = row.trimmedFrom(email);
        int to = row.trimmedTo(email);
        if (hashes == null) {
            if (Address.mixesScripts(bytes, from, to)) {
                tally.warn(Code.EMAIL_MIXED_SCRIPT, row.line(), "email");
            }
            return;
        }
        if (HashShape.hasUpperCase(bytes, from, to)) {
            tally.warn(Code.HASH_CASE, row.line(), "email");
        }
        String hash = new String(bytes, from, to - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (hashesOfNothing.contains(hash)) {
            tally.warn(Code.HASH_OF_EMPTY, row.line(), "email");
        }
    }

    private void lookAtValue(Fields row, int field) {
        byte first = row.bytes()[row.from(field)];
        if (first >= 0 && SUSPECT[first]) {
            lookAtForm(row, field, first);
        }
        if (row.has(Fields.HIGH)) {
            lookAtLetters(row, field);
        }
    }

    private void lookAtForm(Fields row, int field, byte first) {
        boolean isDigit = first >= '0' && first <= '9';
        if (isDigit && (row.to(field) - row.from(field) < 5 || row.bytes()[row.from(field) + 1] != '.')) {
            return;
        }
        String value = row.text(field);
        if (isDigit) {
            warnIf(SCIENTIFIC.matcher(value).matches(), Code.CSV_EXCEL_DAMAGE_SUSPECTED, row, field);
        } else {
            warnIf(NULLS.contains(value), Code.CSV_NULL_LITERAL, row, field);
            warnIf("=+-@\t".indexOf(first) >= 0 && !NUMBER.matcher(value).matches(), Code.CSV_FORMULA, row, field);
        }
    }

    private void lookAtLetters(Fields row, int field) {
        Letters letters = Letters.in(row.bytes(), row.from(field), row.to(field));
        warnIf(letters.smartQuotes(), Code.CSV_SMART_QUOTES, row, field);
        warnIf(letters.mojibake(), Code.CSV_MOJIBAKE_SUSPECTED, row, field);
        warnIf(letters.lineBreaks(), Code.CSV_UNICODE_NEWLINE, row, field);
    }

    private void warnIf(boolean found, Code code, Fields row, int field) {
        if (found) {
            tally.warn(code, row.line(), header.columns().get(field).name());
        }
    }

    /** What exports hash by mistake where there is no address. */
    static Set<String> hashesOfNothing(Suppression type) {
        Set<String> hashes = new HashSet<>();
        for (String nothing : List.of("", " ", "\n", "\r\n")) {
            MessageDigest digest = Digests.of(type.algorithm());
            digest.update(nothing.getBytes(StandardCharsets.US_ASCII));
            hashes.add(Digests.hex(digest));
        }
        return hashes;
    }

    private static boolean[] suspects(String characters) {
        boolean[] suspects = new boolean[128];
        characters.chars().forEach(c -> suspects[c] = true);
        return suspects;
    }
}
