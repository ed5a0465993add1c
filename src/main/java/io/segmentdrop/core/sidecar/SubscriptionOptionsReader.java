package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code subscriptionOptions}: names to texts, whole numbers, true or false; two of them are dates. */
final class SubscriptionOptionsReader {

    static final int MAX_OPTIONS = 100;
    static final int MAX_TEXT = 1000;

    /** A name becomes a part of a field's name, so it is kept plain. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private static final String STARTED = "started_at";
    private static final String ENDED = "ended_at";
    private static final Set<String> DATES = Set.of(STARTED, ENDED);
    private static final String DATE_FORMS = "a real date, yyyy-MM-dd or yyyy-MM-dd HH:mm:ss,";
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?");
    private static final DateTimeFormatter WITH_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final int DATE_LENGTH = 10;

    private SubscriptionOptionsReader() {}

    /** The options that could be read; null if it is no object of them. */
    static @Nullable SortedMap<String, Object> read(JsonValue value, Place at) {
        if (!(value instanceof JsonValue.Obj object)) {
            return at.wrongType("an object", value);
        }
        if (object.members().size() > MAX_OPTIONS) {
            return at.refuse(
                    Code.SIDE_LIMIT,
                    "at most " + MAX_OPTIONS + " options",
                    "" + object.members().size());
        }
        SortedMap<String, Object> options = new TreeMap<>();
        Members.each(object, at, (name, one) -> {
            Object read = option(name, one, at);
            if (read != null) {
                options.put(name, read);
            }
        });
        inOrder(options, at);
        return Collections.unmodifiableSortedMap(options);
    }

    private static @Nullable Object option(String name, JsonValue value, Place at) {
        if (!NAME.matcher(name).matches()) {
            at.add(
                    Code.SIDE_UNKNOWN_KEY,
                    "expected names of at most 64 letters, digits and _ in " + at.label() + ", found "
                            + Texts.show(name));
            return null;
        }
        return DATES.contains(name) ? date(value, at.member(name)) : plain(value, at.member(name));
    }

    private static @Nullable Object plain(JsonValue value, Place at) {
        return switch (value) {
            case JsonValue.Text text -> Scalars.text(text, MAX_TEXT, at);
            case JsonValue.Bool bool -> bool.value();
            case JsonValue.Num number ->
                number.isWhole() ? Scalars.inRange(number, -Scalars.MAX_ID, Scalars.MAX_ID, at) : wrongType(number, at);
            case JsonValue.Obj object -> wrongType(object, at);
            case JsonValue.Arr list -> wrongType(list, at);
            case JsonValue.Null nothing -> wrongType(nothing, at);
            case JsonValue.TooDeep deep -> wrongType(deep, at);
        };
    }

    private static @Nullable Object wrongType(JsonValue value, Place at) {
        return at.wrongType("a text, a whole number, true or false", value);
    }

    private static @Nullable String date(JsonValue value, Place at) {
        String text = Scalars.text(value, MAX_TEXT, at);
        return text == null || isDate(text) ? text : at.refuse(Code.SIDE_BAD_DATE, DATE_FORMS, "another text");
    }

    private static boolean isDate(String text) {
        if (!DATE.matcher(text).matches()) {
            return false;
        }
        try {
            moment(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDateTime moment(String date) {
        return date.length() == DATE_LENGTH
                ? LocalDate.parse(date).atStartOfDay()
                : LocalDateTime.parse(date, WITH_TIME);
    }

    /** Where one of them has no time of day, only the days are compared: both may be the same day. */
    private static void inOrder(SortedMap<String, Object> options, Place at) {
        if (!(options.get(STARTED) instanceof String started) || !(options.get(ENDED) instanceof String ended)) {
            return;
        }
        boolean days = started.length() == DATE_LENGTH || ended.length() == DATE_LENGTH;
        LocalDateTime start = days ? moment(started).toLocalDate().atStartOfDay() : moment(started);
        if (moment(ended).isBefore(start)) {
            at.add(
                    Code.SIDE_BAD_DATE,
                    "expected ended_at not before started_at in " + at.label() + ", found it before");
        }
    }
}
