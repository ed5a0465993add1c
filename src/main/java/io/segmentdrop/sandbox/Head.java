package io.segmentdrop.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's line and headers.
 *
 * @param target the path as it was sent, with its query if it has one
 * @param headers values by lower-case name, in the order in which they came
 */
public record Head(String method, String target, Map<String, List<String>> headers) {

    /** Where the API keeps its segments. */
    static final String SEGMENTS = "/api/3.2/messages/segments";

    private static final Pattern SEGMENT = Pattern.compile(Pattern.quote(SEGMENTS) + "/([1-9][0-9]{0,17})(/import)?");
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (/\\S*) HTTP/1\\.1");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final int MAX_LINE = 64 * 1024;

    public Head {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** The first value of a header, its name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The id in the path of an import or of a look at one segment. */
    public Optional<Long> segment() {
        Matcher matcher = SEGMENT.matcher(target);
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Whether this asks to import into a segment. */
    public boolean isImport() {
        return method.equals("POST") && segment().isPresent() && target.endsWith("/import");
    }

    /** Whether this asks to create a segment. */
    public boolean isCreate() {
        return method.equals("POST") && target.equals(SEGMENTS);
    }

    /** Whether this looks at one segment. */
    public boolean isLook() {
        return method.equals("GET") && segment().isPresent() && !target.endsWith("/import");
    }

    /**
     * Reads a head up to and with its blank line.
     *
     * @return null if the connection ended before the first byte
     * @throws ProtocolException if this is not HTTP/1.1
     * @throws EOFException if the connection ended inside the head
     */
    static @Nullable Head read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        Matcher request = REQUEST_LINE.matcher(first);
        if (!request.matches()) {
            throw new ProtocolException("expected a request line of HTTP/1.1");
        }
        return new Head(request.group(1), request.group(2), headers(in));
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = needed(in); !line.isEmpty(); line = needed(in)) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new ProtocolException("expected a header, found a line without a name and a colon");
            }
            headers.computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.group(2));
        }
        return headers;
    }

    private static String needed(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("the connection ended inside the headers");
        }
        return line;
    }

    /** One line without its CRLF; null if there is not even a first byte. */
    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0 && line.size() == 0) {
                return null;
            }
            if (b < 0) {
                throw new EOFException("the connection ended inside a line");
            }
            if (b == '\n' || line.size() == MAX_LINE) {
                throw new ProtocolException("expected a line of at most " + MAX_LINE + " bytes that ends with CRLF");
            }
            line.write(b);
        }
        if (in.read() != '\n') {
            throw new ProtocolException("expected LF after CR");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
