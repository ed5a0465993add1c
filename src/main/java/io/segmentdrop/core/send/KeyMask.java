package io.segmentdrop.core.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes an API key out of a text from outside: an error page may repeat the request that it was asked, with the key in it. Found
 * are the key's own letters, their hexadecimal form, and the Base64 of any text that holds the key; each with its letters also
 * written as URLs, JSON and HTML write them, or broken into lines. A text that ends in the middle of the key loses that part.
 */
public final class KeyMask {

    private static final String SHOWN = "***";
    /** Fewer letters at the end of a text may be anything. */
    private static final int TELLING = 4;

    private final List<Form> forms = new ArrayList<>();

    /**
     * One way to write the key.
     *
     * @param anyCase whether capitals and small letters mean the same
     * @param base64 whether it lies inside a word of Base64, which begins and ends with letters that tell a part of it
     */
    private record Form(String letters, boolean anyCase, boolean base64) {}

    /** For this key; an empty one is found nowhere. */
    public KeyMask(String key) {
        if (key.isEmpty()) {
            return;
        }
        byte[] bytes = key.getBytes(UTF_8);
        forms.add(new Form(key, true, false));
        forms.add(new Form(HexFormat.of().formatHex(bytes), true, false));
        for (int before = 0; before < 3; before++) {
            String inside = insideBase64(bytes, before);
            if (inside.length() >= TELLING) {
                forms.add(new Form(inside, false, true));
            }
        }
    }

    /** The letters of Base64 that depend on the key alone, if so many bytes stand before it in their group of three. */
    private static String insideBase64(byte[] key, int before) {
        byte[] padded = new byte[before + key.length];
        System.arraycopy(key, 0, padded, before, key.length);
        String all = Base64.getEncoder().encodeToString(padded);
        int from = (before * 8 + 5) / 6;
        return all.substring(from, Math.max(from, padded.length * 8 / 6));
    }

    /** The text without the key. */
    public String hide(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = end(text, at);
            if (end > at) {
                shown.append(SHOWN);
                at = end;
            } else {
                shown.append(text.charAt(at++));
            }
        }
        return shown.toString();
    }

    /** Where what begins here ends, if it is the key or as much of it as there is; else the same place. */
    private int end(String text, int at) {
        int end = at;
        for (Form form : forms) {
            end = Math.max(end, end(text, at, form));
        }
        return end;
    }

    private static int end(String text, int at, Form form) {
        String letters = form.letters;
        int place = at;
        int before = at;
        for (int i = 0; i < letters.length(); i++) {
            int next = Spelling.after(text, place, letters.charAt(i), form.anyCase);
            if (next < 0 && i > 0) {
                place = Spelling.afterBreak(text, place);
                next = Spelling.after(text, place, letters.charAt(i), form.anyCase);
            }
            if (next < 0) {
                boolean cutOff = Spelling.isBrokenOff(text, place) || Spelling.isBrokenOff(text, before);
                return cutOff && i >= Math.min(TELLING, letters.length()) ? text.length() : at;
            }
            before = place;
            place = next;
        }
        return form.base64 ? Spelling.afterBase64(text, place) : place;
    }

    @Override
    public String toString() {
        return SHOWN;
    }
}
