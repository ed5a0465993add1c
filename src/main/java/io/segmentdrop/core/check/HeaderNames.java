package io.segmentdrop.core.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What single headers are called, and what they may have been meant to be. */
final class HeaderNames {

    private static final List<String> TAGS = List.of(
            "tag-add",
            "tag-remove",
            "tag-replace",
            "subscriber-tag-add",
            "subscriber-tag-remove",
            "subscriber-tag-replace");
    private static final Set<String> LIKE_EMAIL =
            Set.of("email", "mail", "emails", "emailaddress", "mailaddress", "emailaddr", "emailadresse", "useremail");
    private static final Pattern USABLE = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s_.-]+");
    private static final int SHOWN = 5;

    private HeaderNames() {}

    /** Without surrounding spaces and tabs, in lower case. */
    static String canonical(String text) {
        return trim(text).toLowerCase(Locale.ROOT);
    }

    /** Without surrounding spaces and tabs. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isUsable(String name) {
        return USABLE.matcher(name).matches()
                && (!name.startsWith("varr_") || Column.Kind.of(name) == Column.Kind.VARIABLE);
    }

    /** True for {@code e-mail}, {@code mail}, {@code email_address} and the like. */
    static boolean isLikeEmail(String name) {
        return LIKE_EMAIL.contains(SEPARATOR.matcher(name).replaceAll(""));
    }

    /** The tag header that a name which is none was probably meant to be; null if it looks like none. */
    static @Nullable String tagMeant(String name) {
        if (name.startsWith("varr_") || TAGS.contains(name) || name.length() > 64) {
            return null;
        }
        String byWords = tagOfWords(Set.copyOf(List.of(SEPARATOR.split(name))));
        return byWords != null ? byWords : tagBySpelling(SEPARATOR.matcher(name).replaceAll(""));
    }

    /** {@code add_tags} and {@code tags_to_add} are {@code tag-add} in other words. */
    private static @Nullable String tagOfWords(Set<String> words) {
        if (!words.contains("tag") && !words.contains("tags")) {
            return null;
        }
        String subscriber = words.contains("subscriber") ? "subscriber-" : "";
        for (String action : List.of("add", "remove", "replace")) {
            if (words.contains(action)) {
                return subscriber + "tag-" + action;
            }
        }
        return null;
    }

    private static @Nullable String tagBySpelling(String squeezed) {
        for (String tag : TAGS) {
            if (distance(squeezed, tag.replace("-", "")) <= 1) {
                return tag;
            }
        }
        return null;
    }

    /** How many letters must be put in, left out or changed to make one text of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    /** The characters that no header may have, as code points in words: the text itself is never repeated. */
    static String unusable(String name) {
        return name.codePoints()
                .filter(c -> !isUsable(Character.toString(c)))
                .distinct()
                .limit(SHOWN)
                .mapToObj(c -> String.format("U+%04X", c))
                .collect(Collectors.joining(", "));
    }
}
