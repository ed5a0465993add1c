package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Readers of single values and of lists of ids. Each answers null once it has said what is wrong. */
final class Scalars {

    /** The largest integer that every JSON reader keeps whole. */
    static final long MAX_ID = (1L << 53) - 1;

    /** The largest number of bytes or rows: twelve digits. */
    static final long MAX_COUNT = 999_999_999_999L;

    static final int MAX_DIGITS = 19;
    static final int MAX_IDS = 100;

    private static final Map<JsonValue, Boolean> TRUTHS = Map.of(
            new JsonValue.Bool(true), true,
            new JsonValue.Num("1"), true,
            new JsonValue.Bool(false), false,
            new JsonValue.Num("0"), false);

    private Scalars() {}

    /** true and false, also written 1 and 0 as the API's guide does; never a text. */
    static @Nullable Boolean truth(JsonValue value, Place at) {
        Boolean truth = TRUTHS.get(value);
        return truth != null ? truth : at.wrongType("true or false", value);
    }

    /** As {@link #truth}, and null for a lead. */
    static @Nullable ActiveStatus status(JsonValue value, Place at) {
        if (value instanceof JsonValue.Null) {
            return ActiveStatus.LEAD;
        }
        Boolean truth = TRUTHS.get(value);
        if (truth == null) {
            return at.wrongType("true, false or null", value);
        }
        return truth ? ActiveStatus.ACTIVE : ActiveStatus.INACTIVE;
    }

    static @Nullable Long id(JsonValue value, Place at) {
        return value instanceof JsonValue.Num number && number.isWhole()
                ? inRange(number, 1, MAX_ID, at)
                : at.wrongType("a whole number", value);
    }

    /** A number of bytes or rows. A fraction of one is a number outside the range, not another type. */
    static @Nullable Long count(JsonValue value, Place at) {
        if (!(value instanceof JsonValue.Num number)) {
            return at.wrongType("a whole number", value);
        }
        return number.isWhole()
                ? inRange(number, 0, MAX_COUNT, at)
                : at.refuse(Code.SIDE_OUT_OF_RANGE, range(0, MAX_COUNT), value.kind());
    }

    static @Nullable Long inRange(JsonValue.Num whole, long least, long most, Place at) {
        String digits = whole.literal().replace("-", "");
        if (digits.length() > MAX_DIGITS) {
            return at.refuse(Code.SIDE_LIMIT, "at most " + MAX_DIGITS + " digits", String.valueOf(digits.length()));
        }
        // 19 digits may be more than a long holds, 18 never are
        long number = digits.length() == MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(whole.literal());
        return number >= least && number <= most
                ? (Long) number
                : at.refuse(Code.SIDE_OUT_OF_RANGE, range(least, most), whole.literal());
    }

    private static String range(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }

    /** A text of at most {@code most} characters that is safe to show. */
    static @Nullable String text(JsonValue value, int most, Place at) {
        if (!(value instanceof JsonValue.Text(String text))) {
            return at.wrongType("a text", value);
        }
        if (Texts.hasLoneSurrogate(text)) {
            return at.refuse(Code.SIDE_BAD_UNICODE, "whole characters", "half of a surrogate pair");
        }
        if (Texts.hasControl(text)) {
            return at.refuse(Code.SIDE_CONTROL_CHAR, "printable characters", "a control or direction character");
        }
        int length = Texts.length(text);
        return length <= most
                ? text
                : at.refuse(Code.SIDE_LIMIT, "at most " + most + " characters", String.valueOf(length));
    }

    /** One of the words of an enum. */
    static <E extends Enum<E>> @Nullable E word(JsonValue value, E[] all, Function<E, String> word, Place at) {
        String text = text(value, Integer.MAX_VALUE, at);
        if (text == null) {
            return null;
        }
        for (E one : all) {
            if (word.apply(one).equals(text)) {
                return one;
            }
        }
        List<String> words = Arrays.stream(all).map(word).toList();
        return at.refuse(Code.SIDE_BAD_ENUM, oneOf(words), "another text" + NearMiss.hint(text, words));
    }

    private static String oneOf(List<String> words) {
        return words.subList(0, words.size() - 1).stream().collect(Collectors.joining(", ", "", " or "))
                + words.getLast();
    }

    /** Tag ids, each once; at most {@link #MAX_IDS}. Only the first wrong element is told. */
    static @Nullable List<Long> ids(JsonValue value, Place at) {
        if (!(value instanceof JsonValue.Arr(List<JsonValue> elements))) {
            return at.wrongType("a list of tag ids", value);
        }
        if (elements.size() > MAX_IDS) {
            return at.refuse(Code.SIDE_LIMIT, "at most " + MAX_IDS + " tag ids", String.valueOf(elements.size()));
        }
        List<Long> ids = new ArrayList<>();
        for (JsonValue element : elements) {
            Long id = id(element, at.element(ids.size() + 1));
            if (id == null) {
                return null;
            }
            ids.add(id);
        }
        return once(ids, at);
    }

    private static List<Long> once(List<Long> ids, Place at) {
        List<Long> once = List.copyOf(new LinkedHashSet<>(ids));
        if (once.size() < ids.size()) {
            at.add(
                    Code.SIDE_DUPLICATE_TAG,
                    "expected each tag id once in " + at.label() + ", found " + (ids.size() - once.size())
                            + " repeated; each is sent once");
        }
        return once;
    }
}
