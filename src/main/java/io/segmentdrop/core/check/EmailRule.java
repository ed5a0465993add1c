package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.Suppression;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Judges the email column: an address, or a hash where the segment's type wants one. */
final class EmailRule implements RowRules.Rule {

    private final int column;
    private final @Nullable Suppression hashes;

    /**
     * A rule for one column.
     *
     * @param hashes the type of the hashes that the file must hold; null if it must hold addresses
     */
    EmailRule(int column, @Nullable Suppression hashes) {
        this.column = column;
        this.hashes = hashes;
    }

    /** The type of the hashes that the file must hold; null if it must hold addresses. */
    static @Nullable Suppression hashesIn(CheckRules rules) {
        Suppression type = rules.suppression();
        return type == null || type.digits() == 0 || rules.hash() ? null : type;
    }

    @Override
    public @Nullable Fault judge(Fields row) {
        if (row.isEscaped(column)) {
            byte[] value = row.text(column).strip().getBytes(StandardCharsets.UTF_8);
            return judge(value, 0, value.length);
        }
        return judge(row.bytes(), row.trimmedFrom(column), row.trimmedTo(column));
    }

    private @Nullable Fault judge(byte[] bytes, int from, int to) {
        return hashes == null ? judgeAddress(bytes, from, to) : judgeHash(hashes, bytes, from, to);
    }

    private static @Nullable Fault judgeAddress(byte[] bytes, int from, int to) {
        Code code = Address.check(bytes, from, to);
        if (code == null) {
            return null;
        }
        Suppression type = HashShape.typeOf(bytes, from, to);
        return type == null
                ? Fault.ofRow(code, "email", message(code))
                : Fault.ofFile(
                        Code.EMAIL_INVALID,
                        "email",
                        "expected addresses, found what looks like " + type.algorithm()
                                + " hashes; if the segment takes hashes, name their type in suppression and leave hash"
                                + " out");
    }

    private static @Nullable Fault judgeHash(Suppression type, byte[] bytes, int from, int to) {
        Code code = HashShape.check(type, bytes, from, to);
        if (code == null) {
            return null;
        }
        return switch (code) {
            case HASH_PLAIN_EMAIL ->
                Fault.ofFile(
                        code,
                        "email",
                        "expected hashes only, found a plain address; hash the list, or set hash to true");
            case HASH_TYPE_MISMATCH ->
                Fault.ofFile(
                        code, "email", expected(type) + ", found the length of " + HashShape.typeOf(bytes, from, to));
            case HASH_LENGTH -> Fault.ofRow(code, "email", expected(type) + ", found " + (to - from));
            case HASH_INVALID -> Fault.ofRow(code, "email", expected(type) + ", found other characters");
            default -> Fault.ofRow(code, "email", "expected a hash, found an empty field");
        };
    }

    private static String expected(Suppression type) {
        return "expected " + type.digits() + " hexadecimal digits (" + type.algorithm() + ")";
    }

    private static String message(Code code) {
        return switch (code) {
            case EMAIL_MISSING -> "expected an address, found an empty field";
            case EMAIL_TOO_LONG -> "expected at most 254 characters, and 64 before the @, found more";
            case EMAIL_TRAILING_DOT -> "expected a domain that ends with a letter, found a dot at its end";
            case EMAIL_INVISIBLE_CHAR -> "expected visible characters only, found an invisible one";
            case EMAIL_CONTROL_CHAR -> "expected an address on one line, found a control character or a line break";
            case EMAIL_QUOTED_LOCAL -> "expected a plain name before the @, found a quoted one";
            case EMAIL_IDN -> "expected an ASCII domain, found another; write it in its xn-- form";
            case EMAIL_EAI -> "expected ASCII before the @, found other letters";
            default -> "expected one address like name@example.com, found something else";
        };
    }
}
