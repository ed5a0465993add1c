package io.segmentdrop.shell.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.send.FormField;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.SidecarParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ledger's JSON columns: written and read here only, so that their form is in one place. */
public final class LedgerJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LedgerJson() {}

    /** One problem as it lies in the ledger. */
    private record ProblemText(
            String code, long line, @Nullable String column, String message) {}

    /** An effective option as it lies in the ledger: the value in the sidecar's own language. */
    private record OptionText(@Nullable Object value, String from) {}

    public static String problems(List<Problem> problems) {
        return write(problems.stream()
                .map(p -> new ProblemText(p.code().name(), p.line(), p.column(), p.message()))
                .toList());
    }

    public static List<Problem> problems(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        return read(json, new TypeReference<List<ProblemText>>() {}).stream()
                .map(p -> new Problem(Code.valueOf(p.code()), p.line(), p.column(), p.message()))
                .toList();
    }

    /** The options as receipts show them: {@code {"clear": {"value": false, "from": "sidecar"}}}. */
    public static String options(Map<String, Object> options) {
        return write(options);
    }

    /** The options that {@link #options(Map)} wrote; null if there are none. */
    public static @Nullable Options options(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Map<String, OptionText> texts = read(json, new TypeReference<LinkedHashMap<String, OptionText>>() {});
        Map<String, Object> values = new LinkedHashMap<>();
        texts.forEach((word, text) -> values.put(word, text.value()));
        SidecarParser.Parsed parsed = SidecarParser.parse(write(values).getBytes(StandardCharsets.UTF_8), "");
        Map<Key, Origin> from = new EnumMap<>(Key.class);
        for (Key key : parsed.settings().values().keySet()) {
            OptionText text = Objects.requireNonNull(texts.get(key.word()));
            from.put(key, Origin.valueOf(text.from().toUpperCase(Locale.ROOT)));
        }
        return new Options(parsed.settings(), from);
    }

    public static String texts(List<List<String>> texts) {
        return write(texts);
    }

    public static List<List<String>> texts(String json) {
        return read(json, new TypeReference<List<List<String>>>() {});
    }

    /** For {@code json_each}: a set as one parameter, so that the statement is the same whatever is in it. */
    static String set(Collection<String> values) {
        return write(values);
    }

    public static String fields(List<FormField> fields) {
        return texts(fields.stream().map(f -> List.of(f.name(), f.value())).toList());
    }

    public static List<FormField> fields(@Nullable String json) {
        List<FormField> fields = new ArrayList<>();
        if (json != null) {
            for (List<String> field : texts(json)) {
                fields.add(new FormField(field.get(0), field.get(1)));
            }
        }
        return fields;
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected plain values to become JSON", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected JSON that the ledger wrote itself", e);
        }
    }
}
