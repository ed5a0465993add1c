package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the header. All its faults are told at once, since each of them would refuse the file. */
final class HeaderRules {

    private static final String REJECTS_ALONE =
            "expected the whole list in a clearing import, found a rejects file, which"
                    + " holds only the rows that were refused; mend them in the whole list and drop that";

    private final CheckRules rules;
    private final Tally tally;
    private final Fields record;
    private final List<Column> columns = new ArrayList<>();

    private HeaderRules(CheckRules rules, Tally tally, Fields record) {
        this.rules = rules;
        this.tally = tally;
        this.record = record;
    }

    /** The header in this record, or null if the tally now says why the file is refused. */
    static @Nullable Header judge(Fields record, CheckRules rules, Tally tally) {
        Problem shape = HeaderShape.refuse(record);
        if (shape != null) {
            tally.refuse(shape);
            return null;
        }
        return new HeaderRules(rules, tally, record).judge();
    }

    private @Nullable Header judge() {
        int count = record.count();
        boolean trailing = count > 1 && HeaderNames.trim(record.text(count - 1)).isEmpty();
        count -= trailing ? 1 : 0;
        boolean rejects = RejectsColumns.endHeader(record, count);
        count -= rejects ? RejectsColumns.NAMES.size() : 0;
        if (count > CheckRules.MAX_COLUMNS) {
            tally.refuse(HeaderShape.tooManyColumns(record));
            return null;
        }
        read(count);
        check();
        if (rejects && rules.clear()) {
            refuse(Code.CLEAR_WITH_REJECTED_ROWS, null, REJECTS_ALONE);
        }
        if (tally.refused() != null) {
            return null;
        }
        Header header = new Header(columns, trailing, rejects);
        HeaderNotes.note(header, record, rules, tally);
        return header;
    }

    private void read(int count) {
        for (int i = 0; i < count; i++) {
            String original = record.text(i);
            String renamed = rules.columns().get(HeaderNames.trim(original));
            columns.add(new Column(original, HeaderNames.canonical(renamed == null ? original : renamed)));
        }
    }

    private void check() {
        checkRenaming();
        checkEmail();
        if (rules.suppression() != null) {
            checkSuppression();
            return;
        }
        int from = isEmailMisplaced() ? 1 : 0;
        for (int i = from; i < columns.size(); i++) {
            checkName(i);
        }
        checkTwice();
        checkTags();
        columns.subList(from, columns.size()).forEach(this::checkPolicy);
    }

    private void checkRenaming() {
        Set<String> texts = new HashSet<>();
        columns.forEach(c -> texts.add(HeaderNames.trim(c.original())));
        for (String header : rules.columns().keySet()) {
            if (!texts.contains(header)) {
                tally.refuse(Problem.in(
                        Code.SIDE_BAD_COLUMNS,
                        "columns",
                        "expected the header \"" + header + "\" in the CSV, as columns says, found none"));
            }
        }
    }

    private void checkEmail() {
        if (!isEmailMisplaced()) {
            return;
        }
        Column first = columns.getFirst();
        if (first.name().isEmpty() || isMalformed(first.name())) {
            checkName(0);
        } else {
            refuse(Code.CSV_EMAIL_NOT_FIRST, null, notFirst(first.name()));
        }
    }

    private boolean isEmailMisplaced() {
        return rules.columns().isEmpty()
                ? !columns.getFirst().isEmail()
                : columns.stream().noneMatch(Column::isEmail);
    }

    private static boolean isMalformed(String name) {
        return name.length() > 64 || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || "<>\"".indexOf(c) >= 0);
    }

    private String notFirst(String first) {
        for (int i = 1; i < columns.size(); i++) {
            if (columns.get(i).isEmail()) {
                return "expected email as the first column, found it as column " + (i + 1)
                        + "; put it first, or map it with columns in the sidecar";
            }
        }
        if (HeaderNames.isLikeEmail(first)) {
            return "expected email as the first column, found a like name; rename it to email,"
                    + " or map it with columns in the sidecar";
        }
        if (first.codePoints().anyMatch(c -> c > 0x7f)) {
            return "expected email as the first column, found a name that holds " + HeaderNames.unusable(first)
                    + "; write email in plain letters";
        }
        return "expected email as the first column, found another name";
    }

    private void checkSuppression() {
        if (columns.size() > 1) {
            refuse(
                    Code.CSV_SUPPRESSION_COLUMNS,
                    null,
                    "expected the email column only, found " + columns.size() + " columns");
        }
    }

    private void checkName(int index) {
        String name = columns.get(index).name();
        String meant = HeaderNames.tagMeant(name);
        if (name.isEmpty()) {
            refuse(Code.CSV_HEADER_EMPTY, null, "expected a header for column " + (index + 1) + ", found none");
        } else if (meant != null) {
            refuse(
                    Code.CSV_HEADER_SUSPECT,
                    shown(name),
                    "expected " + meant + " or another name, found one that looks like it");
        } else if (!HeaderNames.isUsable(name)) {
            refuse(Code.CSV_HEADER_INVALID, null, unusable(index, name));
        }
    }

    /** The name, unless it may be a value: a first line without email may be no header but a row. */
    private @Nullable String shown(String name) {
        return HeaderNames.isUsable(name) && hasColumn("email") ? name : null;
    }

    private static String unusable(int index, String name) {
        String where = "for column " + (index + 1);
        if (name.startsWith("varr_")) {
            return "expected varr_ and a-z, 0-9 and _ " + where + ", found other characters or nothing behind varr_";
        }
        String found = HeaderNames.unusable(name);
        return "expected a header of a-z, 0-9, _ and -, at most 64 characters, " + where + ", found "
                + (found.isEmpty() ? name.length() + " characters" : found);
    }

    private void checkTwice() {
        Map<String, Column> seen = new HashMap<>();
        for (Column column : columns) {
            Column before = seen.putIfAbsent(column.name(), column);
            if (before == null || column.name().isEmpty()) {
                continue;
            }
            boolean isSameTag = column.isTag() && before.original().equals(column.original());
            refuse(
                    isSameTag ? Code.CSV_TAG_HEADER_TWICE : Code.CSV_DUPLICATE_HEADER,
                    shown(column.name()),
                    "expected each header once, found this one twice");
        }
    }

    private void checkTags() {
        for (String subject : List.of("", "subscriber-")) {
            boolean replaces = hasColumn(subject + "tag-replace");
            if (replaces && (hasColumn(subject + "tag-add") || hasColumn(subject + "tag-remove"))) {
                refuse(
                        Code.CSV_TAG_REPLACE_CONFLICT,
                        subject + "tag-replace",
                        "expected a replacing tag column alone, found an adding or removing one beside it");
            }
        }
    }

    private boolean hasColumn(String name) {
        return columns.stream().anyMatch(c -> c.name().equals(name));
    }

    private void checkPolicy(Column column) {
        if (!HeaderNames.isUsable(column.name()) || column.isEmail()) {
            return;
        }
        Set<String> allowed = rules.allowedColumns();
        if (allowed != null && !allowed.contains(column.name())) {
            refuse(
                    Code.POLICY_COLUMN_FORBIDDEN,
                    shown(column.name()),
                    "expected columns that the drop allows, found another one");
        }
        if (column.kind() == Column.Kind.REPLACING_TAG && !rules.allowTagReplace()) {
            refuse(
                    Code.POLICY_TAG_REPLACE_FORBIDDEN,
                    column.name(),
                    "expected columns that the drop allows, found one that replaces tags");
        }
        if (column.kind() == Column.Kind.UNKNOWN && rules.rejectUnknownHeaders() && isNoTag(column)) {
            refuse(
                    Code.CSV_HEADER_UNKNOWN,
                    shown(column.name()),
                    "expected email, a tag column or varr_ and a name, found another header");
        }
    }

    private static boolean isNoTag(Column column) {
        return HeaderNames.tagMeant(column.name()) == null;
    }

    private void refuse(Code code, @Nullable String column, String message) {
        tally.refuse(new Problem(code, record.line(), column, message));
    }
}
