package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns that a rejects file of ours has behind the sender's; found in a file that is dropped, they are left out. */
final class RejectsColumns {

    /** Their headers, in this order and as written here. */
    static final List<String> NAMES = List.of("_line", "_code", "_reason");

    private static final Set<String> CODES =
            Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toUnmodifiableSet());

    private RejectsColumns() {}

    /** True if the header's fields before {@code end} end with {@link #NAMES}, and something stands before them. */
    static boolean endHeader(Fields header, int end) {
        List<String> texts = new ArrayList<>();
        for (int i = Math.max(1, end - NAMES.size()); i < end; i++) {
            texts.add(HeaderNames.trim(header.text(i)));
        }
        return texts.equals(NAMES);
    }

    /**
     * How many of a row's fields before {@code end} are the sender's: who mends a row may leave these columns as they are,
     * empty them or cut them off.
     *
     * @param width how many the sender's header has
     */
    static int own(Fields row, int end, int width) {
        int line = end - NAMES.size();
        if (line < 1) {
            return end;
        }
        String code = row.text(line + 1);
        boolean isAsWritten = isNumber(row, line) && CODES.contains(code);
        boolean isEmptied = (row.isEmpty(line) || isNumber(row, line)) && (code.isEmpty() || CODES.contains(code));
        return isAsWritten || (isEmptied && end != width) ? line : end;
    }

    private static boolean isNumber(Fields row, int field) {
        String text = row.text(field);
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
