package io.segmentdrop.core.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** What was written where the API key belongs. Spaces, line ends and a byte order mark around it are no part of it. */
public sealed interface WrittenKey {

    /** So many bytes are read; a key is shorter. */
    int LONGEST = 16 * 1024;

    /** A key that can be sent: one word of visible ASCII. */
    record Usable(String key) implements WrittenKey {

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Nothing that could be sent.
     *
     * @param found what is there instead of the key alone, as the end of a sentence; never the text itself
     */
    record Unusable(String found) implements WrittenKey {}

    /** The key of a file with this content. */
    static WrittenKey of(byte[] content) {
        if (content.length >= LONGEST) {
            return new Unusable("more than 16 KiB");
        }
        return Look.isUtf16(content)
                ? new Unusable("text in UTF-16; save it as ASCII or UTF-8")
                : of(new String(content, UTF_8));
    }

    /** The key of a text. */
    static WrittenKey of(String text) {
        String key = Look.trimmed(text);
        String found = Look.found(key);
        return found.isEmpty() ? new Usable(key) : new Unusable(found);
    }

    /** How the text is looked at. */
    final class Look {

        private static final Pattern AROUND = Pattern.compile("\\A[\\uFEFF\\s]+|[\\uFEFF\\s]+\\z");
        private static final String QUOTE = "[\"'`\u2018\u2019\u201C\u201D\u00AB\u00BB]";
        private static final Pattern QUOTED = Pattern.compile("\\A" + QUOTE + ".*|.*" + QUOTE + "\\z", Pattern.DOTALL);
        private static final Pattern SCHEME = Pattern.compile("(?is)authorization\\s*:.*|bearer(?:[\\s:=].*)?");

        private Look() {}

        /** True by its byte order mark, or if every second byte of a text is NUL. */
        private static boolean isUtf16(byte[] content) {
            int first = content.length > 1 ? ((content[0] & 0xFF) << 8) | (content[1] & 0xFF) : 0;
            return first == 0xFEFF || first == 0xFFFE || isHalfNul(content, 0) || isHalfNul(content, 1);
        }

        private static boolean isHalfNul(byte[] content, int from) {
            int places = 0;
            for (int at = from; at < content.length; at += 2) {
                if (content[at] != 0) {
                    return false;
                }
                places++;
            }
            return places > 1;
        }

        private static String trimmed(String text) {
            return AROUND.matcher(text).replaceAll("");
        }

        private static String found(String key) {
            if (key.isEmpty()) {
                return "nothing";
            }
            if (key.indexOf('\0') >= 0) {
                return "a NUL character in it";
            }
            if (QUOTED.matcher(key).matches()) {
                return "quotes around it";
            }
            if (SCHEME.matcher(key).matches()) {
                return "the word Bearer or Authorization in front of it, which is added when it is sent";
            }
            return characters(key);
        }

        private static String characters(String key) {
            if (key.chars().anyMatch(c -> c == '\n' || c == '\r')) {
                return "more than one line";
            }
            if (key.chars().anyMatch(Character::isWhitespace)) {
                return "a space inside it";
            }
            if (key.length() >= LONGEST) {
                return "more than 16 KiB";
            }
            for (int at = 0; at < key.length(); at++) {
                if (key.charAt(at) <= ' ' || key.charAt(at) >= 0x7F) {
                    return "a character that is no visible ASCII, at place " + (at + 1);
                }
            }
            return "";
        }
    }
}
