package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one tag column: tags that are never seen before are created by importing them, so a slip stays for ever. */
final class TagRule implements RowRules.Rule {

    private static final int MAX_TAGS = 100;
    private static final int MAX_LENGTH = 255;

    private final int index;
    private final Column column;
    private final @Nullable Set<String> allowed;

    /**
     * A rule for one column.
     *
     * @param allowed the tags that may be named; null allows all
     */
    TagRule(int index, Column column, @Nullable Set<String> allowed) {
        this.index = index;
        this.column = column;
        this.allowed = allowed;
    }

    @Override
    public @Nullable Fault judge(Fields row) {
        if (row.isEmpty(index)) {
            return judgeEmpty();
        }
        if (allowed == null && isHarmless(row)) {
            return null;
        }
        String cell = row.text(index);
        if (cell.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return fault(Code.CSV_TAG_INVALID, "expected tags on one line, found a control character or a line break");
        }
        String[] tags = cell.split(",", -1);
        if (tags.length > MAX_TAGS) {
            return fault(Code.CSV_TAG_INVALID, "expected at most " + MAX_TAGS + " tags, found " + tags.length);
        }
        return judge(tags);
    }

    /** True for what nearly all cells are: too short to break a limit, and one character of its first tag is there. */
    private boolean isHarmless(Fields row) {
        int from = row.from(index);
        if (row.to(index) - from >= MAX_TAGS || row.bytes()[from] == ',' || row.bytes()[from] == ' ') {
            return false;
        }
        for (int i = from; i < row.to(index); i++) {
            byte value = row.bytes()[i];
            if (value == 0x7f || (value >= 0 && value < 0x20)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Fault judge(String[] tags) {
        boolean isEmpty = true;
        for (String written : tags) {
            String tag = HeaderNames.trim(written);
            if (tag.isEmpty()) {
                continue;
            }
            isEmpty = false;
            Fault fault = judge(tag);
            if (fault != null) {
                return fault;
            }
        }
        return isEmpty ? judgeEmpty() : null;
    }

    private @Nullable Fault judge(String tag) {
        int length = tag.codePointCount(0, tag.length());
        if (length > MAX_LENGTH) {
            return fault(
                    Code.CSV_TAG_INVALID, "expected tags of at most " + MAX_LENGTH + " characters, found " + length);
        }
        if (allowed != null && !allowed.contains(tag)) {
            return fault(Code.POLICY_TAG_FORBIDDEN, "expected tags that the drop allows, found another one");
        }
        return null;
    }

    private @Nullable Fault judgeEmpty() {
        return column.kind() == Column.Kind.REPLACING_TAG
                ? fault(Code.CSV_TAG_REPLACE_EMPTY, "expected the tags that should remain, found an empty field")
                : null;
    }

    private Fault fault(Code code, String message) {
        return Fault.ofRow(code, column.name(), message);
    }
}
