package io.segmentdrop.core.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the text tables of cases: fields between bars, and a notation for long texts and single bytes. */
final class Tables {

    private static final Pattern REPEATED = Pattern.compile("<(.+?)\\*(\\d+)>");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9A-F]{2})");

    private Tables() {}

    /** The fields of each line that is no comment. */
    static List<List<String>> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of an input: {@code <text*N>} is the text N times, {@code \xNN} one byte, all else UTF-8. */
    static byte[] bytes(String notation) {
        String text = REPEATED.matcher(notation)
                .replaceAll(part -> Matcher.quoteReplacement(part.group(1).repeat(Integer.parseInt(part.group(2)))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher found = BYTE.matcher(text);
        int from = 0;
        while (found.find()) {
            out.writeBytes(text.substring(from, found.start()).getBytes(UTF_8));
            out.writeBytes(HexFormat.of().parseHex(found.group(1)));
            from = found.end();
        }
        out.writeBytes(text.substring(from).getBytes(UTF_8));
        return out.toByteArray();
    }
}
