package io.segmentdrop.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer.
 *
 * @param headers as they are written, without Content-Length and Connection, which are added
 * @param body in UTF-8
 */
public record Reply(int status, Map<String, String> headers, String body) {

    /** What the API says when it has accepted an import. */
    public static final Reply IMPORT_CREATED =
            json(201, "{\"error\":false,\"data\":[],\"message\":\"Import created.\"}");

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(302, "Found"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    public Reply {
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("expected a final HTTP status, found " + status);
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    public static Reply html(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/html; charset=UTF-8"), body);
    }

    /** A 302 with a page of HTML: how the API answers input that it does not like. */
    public static Reply redirect(String location) {
        return html(302, "<!DOCTYPE html><title>Redirecting</title>").with("Location", location);
    }

    /** The same answer with one more header. */
    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    /** The whole answer as it goes over the wire. */
    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(statusLine()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
        return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), content);
    }

    /** The length of the status line, without its line end. */
    int statusLineLength() {
        return statusLine().length();
    }

    private String statusLine() {
        return "HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "Status");
    }

    private static byte[] join(byte[] head, byte[] content) {
        byte[] whole = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, whole, head.length, content.length);
        return whole;
    }
}
