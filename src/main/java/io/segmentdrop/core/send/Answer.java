package io.segmentdrop.core.send;

import java.util.regex.Pattern;

/**
 * What of the API's answer may be kept and shown. The constructor makes the text harmless, and does it once: what it made
 * passes it unchanged.
 *
 * @param status the HTTP status; 0 if no status line was read
 * @param body at most {@value #MAX_BYTES} bytes of the body in UTF-8, control and direction characters escaped, addresses
 *     and keys masked; empty if there was none
 */
public record Answer(int status, String body) {

    /** The most bytes of a body that are kept. */
    public static final int MAX_BYTES = 2048;

    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>\"'(),:;\\[\\]]{1,64}+@[^\\s@<>\"'(),:;\\[\\]\\\\]{1,255}+");
    private static final Pattern KEY = Pattern.compile("(?i)\\bbearer\\s+[^\\s\"',;<>]+");

    /** No answer came; stands below the patterns, since its making needs them. */
    public static final Answer NONE = new Answer(0, "");

    public Answer {
        if (status < 0 || status > 999) {
            throw new IllegalArgumentException("expected a status of up to three digits, found " + status);
        }
        body = cut(TextEscape.escape(mask(body.substring(0, Math.min(body.length(), 2 * MAX_BYTES)))));
    }

    private static String mask(String text) {
        return ADDRESS.matcher(KEY.matcher(text).replaceAll("Bearer ***")).replaceAll("***@***");
    }

    private static String cut(String text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            bytes += utf8Length(point);
            if (bytes > MAX_BYTES) {
                return text.substring(0, at);
            }
            at += Character.charCount(point);
        }
        return text;
    }

    private static int utf8Length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
