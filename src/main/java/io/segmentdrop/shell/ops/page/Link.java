package io.segmentdrop.shell.ops.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An address within the pages. */
final class Link {

    private final StringBuilder text;
    private char next = '?';

    Link(String path) {
        text = new StringBuilder(path);
    }

    /** The same with one more parameter, unless it is empty. */
    Link with(String name, String value) {
        if (!value.isEmpty()) {
            text.append(next).append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            next = '&';
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
