package io.segmentdrop.core.sidecar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of a configuration the form that a sidecar would have, where the source could not: properties and
 * environment variables know only texts, and a list may come as a map from 0, 1, 2. What does not fit stays as it is and
 * is refused by the key's reader.
 */
final class Relaxed {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final JsonValue NULL = new JsonValue.Null();

    private Relaxed() {}

    static JsonValue shape(Key key, @Nullable Object raw) {
        JsonValue value = value(raw, 1);
        return switch (key) {
            case CLEAR,
                    REPLACE_TAGS,
                    REPLACE_SUBSCRIBER_TAGS,
                    CREATE_SMS_ADDONS,
                    SEND_SMS_CONFIRMATION,
                    SUPPRESS_FUNNEL_EVENTS,
                    HASH,
                    DRY_RUN -> number(truth(value));
            case ACTIVE_STATUS -> number(truth(nothing(value)));
            case SOURCE_CAMPAIGN, SOURCE_PARTNER, SMS_PHONE_VARIABLE -> number(value);
            case TAGS_TO_ADD, TAGS_TO_REMOVE, SUBSCRIBER_TAGS_TO_ADD, SUBSCRIBER_TAGS_TO_REMOVE -> numbers(value);
            case SUBSCRIPTION_OPTIONS -> members(value, Relaxed::truth);
            case COLUMNS, SUBSCRIPTION_ACTION, SUPPRESSION -> value;
            case SEGMENT, BYTES, SHA256, ROWS, FILE, REQUEST_ID -> value;
        };
    }

    private static JsonValue value(@Nullable Object raw, int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            return new JsonValue.TooDeep();
        }
        return switch (raw) {
            case null -> NULL;
            case Boolean truth -> new JsonValue.Bool(truth);
            case Number number -> new JsonValue.Num(number.toString());
            case List<?> list ->
                new JsonValue.Arr(
                        list.stream().map(one -> value(one, depth + 1)).toList());
            case Map<?, ?> map -> object(map, depth);
            default -> new JsonValue.Text(raw.toString());
        };
    }

    private static JsonValue object(Map<?, ?> map, int depth) {
        List<JsonValue.Member> members = new ArrayList<>();
        map.forEach((name, value) -> members.add(new JsonValue.Member(String.valueOf(name), value(value, depth + 1))));
        return new JsonValue.Obj(members);
    }

    private static JsonValue truth(JsonValue value) {
        if (!(value instanceof JsonValue.Text(String text))) {
            return value;
        }
        return text.equals("true") || text.equals("false") ? new JsonValue.Bool(text.equals("true")) : value;
    }

    /** YAML's null reaches a property source as an empty text. */
    private static JsonValue nothing(JsonValue value) {
        return value instanceof JsonValue.Text(String text) && (text.isEmpty() || text.equals("null")) ? NULL : value;
    }

    private static JsonValue number(JsonValue value) {
        return value instanceof JsonValue.Text(String text)
                        && WHOLE.matcher(text).matches()
                ? new JsonValue.Num(text)
                : value;
    }

    /** A list of numbers, from a list, from a map whose keys count from 0, or, if it is empty, from an empty text. */
    private static JsonValue numbers(JsonValue value) {
        if (value.equals(new JsonValue.Text(""))) {
            return new JsonValue.Arr(List.of());
        }
        if (value instanceof JsonValue.Arr(List<JsonValue> elements)) {
            return new JsonValue.Arr(elements.stream().map(Relaxed::number).toList());
        }
        return value instanceof JsonValue.Obj object && isCounted(object)
                ? new JsonValue.Arr(object.members().stream()
                        .map(member -> number(member.value()))
                        .toList())
                : value;
    }

    private static boolean isCounted(JsonValue.Obj object) {
        int next = 0;
        for (JsonValue.Member member : object.members()) {
            if (!member.name().equals(String.valueOf(next++))) {
                return false;
            }
        }
        return true;
    }

    private static JsonValue members(JsonValue value, UnaryOperator<JsonValue> shape) {
        return value instanceof JsonValue.Obj object
                ? new JsonValue.Obj(object.members().stream()
                        .map(member -> new JsonValue.Member(member.name(), shape.apply(member.value())))
                        .toList())
                : value;
    }
}
