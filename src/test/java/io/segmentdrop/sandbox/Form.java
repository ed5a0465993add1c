package io.segmentdrop.sandbox;

import java.nio.charset.StandardCharsets;

/** A multipart form written by hand, so that the stand-in is not tested with its own kind of code. */
record Form(String parts) {

    static final String BOUNDARY = "6a1f";
    static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    static Form empty() {
        return new Form("");
    }

    /** An import that adds these rows. */
    static Form adding(String csv) {
        return empty().field("clear", "0").file(csv);
    }

    Form field(String name, String value) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", value);
    }

    Form file(String csv) {
        return part(
                "Content-Disposition: form-data; name=\"file\"; filename=\"import.csv\"\r\nContent-Type: text/csv",
                csv);
    }

    Form part(String headers, String content) {
        return new Form(parts + "--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n" + content + "\r\n");
    }

    String text() {
        return parts + "--" + BOUNDARY + "--\r\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
