package io.segmentdrop.core.send;

import java.util.regex.Pattern;

/**
 * One field of the form beside the file.
 *
 * @param name 1 to 200 visible ASCII characters without quote and backslash, so that it cannot end its own header
 * @param value the text as it is sent, in UTF-8
 */
public record FormField(String name, String value) {

    private static final Pattern NAME = Pattern.compile("[!-~&&[^\"\\\\]]{1,200}");

    public FormField {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected the name of a form field, found " + TextEscape.escape(name));
        }
    }
}
