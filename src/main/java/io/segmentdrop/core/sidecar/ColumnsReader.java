package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code columns}: a header of the CSV to the header that is sent instead. */
final class ColumnsReader {

    static final int MAX_COLUMNS = 500;
    static final int MAX_NAME = 255;

    private ColumnsReader() {}

    /** The renamings that could be read; null if it is no object of them. */
    static @Nullable SequencedMap<String, String> read(JsonValue value, Place at) {
        if (!(value instanceof JsonValue.Obj object)) {
            return at.wrongType("an object", value);
        }
        if (object.members().size() > MAX_COLUMNS) {
            return at.refuse(
                    Code.SIDE_LIMIT,
                    "at most " + MAX_COLUMNS + " columns",
                    "" + object.members().size());
        }
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        Members.each(object, at, (name, one) -> {
            String source = name(new JsonValue.Text(name), at);
            String target = name(one, at.member(name));
            if (source != null && target != null) {
                columns.put(source, target);
            }
        });
        targetsDiffer(columns, at);
        return Collections.unmodifiableSequencedMap(columns);
    }

    private static @Nullable String name(JsonValue value, Place at) {
        String name = Scalars.text(value, MAX_NAME, at);
        return name != null && name.isBlank() ? at.refuse(Code.SIDE_BAD_COLUMNS, "a header", "a blank one") : name;
    }

    private static void targetsDiffer(SequencedMap<String, String> columns, Place at) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        columns.values().stream()
                .filter(target -> !seen.add(target.strip().toLowerCase(Locale.ROOT)))
                .filter(target -> twice.add(target.strip().toLowerCase(Locale.ROOT)))
                .forEach(target -> at.add(
                        Code.SIDE_BAD_COLUMNS,
                        "expected each header that is sent once in " + at.label() + ", found " + Texts.show(target)
                                + " again"));
    }
}
