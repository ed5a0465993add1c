package io.segmentdrop.core.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads {@code catalogue/csv.txt}, which says itself what it looks like. */
final class Catalogue {

    private static final Set<String> KEYS =
            Set.of("in", "rules", "refused", "rows", "notes", "sent", "rejects", "sizes");

    /** One case; a key that it does not have is empty. */
    record Case(String title, Map<String, String> values) {
        String text(String key) {
            return values.getOrDefault(key, "");
        }

        byte[] bytes(String key) {
            return unescape(text(key));
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        List<String> words(String key) {
            String text = text(key).strip();
            return text.isEmpty() ? List.of() : List.of(text.split(" +", -1));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private Catalogue() {}

    static List<Case> read() {
        List<Case> cases = new ArrayList<>();
        text("csv.txt").lines().forEach(line -> {
            if (line.startsWith("== ")) {
                cases.add(new Case(line.substring(3), new LinkedHashMap<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                put(cases.getLast().values(), line);
            }
        });
        return cases;
    }

    private static void put(Map<String, String> values, String line) {
        String key = line.substring(0, line.indexOf(':'));
        String value = line.substring(key.length() + 1);
        String before = values.put(key, value.startsWith(" ") ? value.substring(1) : value);
        if (before != null || !KEYS.contains(key)) {
            throw new IllegalArgumentException("expected each of " + KEYS + " at most once, found " + line);
        }
    }

    /** The whole text of a file of the catalogue. */
    static String text(String name) {
        try (InputStream stream = Catalogue.class.getResourceAsStream("/catalogue/" + name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            at = text.charAt(at) == '\\' ? escape(text, at + 1, bytes) : plain(text, at, bytes);
        }
        return bytes.toByteArray();
    }

    private static int plain(String text, int at, ByteArrayOutputStream bytes) {
        bytes.writeBytes(text.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
        return at + 1;
    }

    private static int escape(String text, int at, ByteArrayOutputStream bytes) {
        switch (text.charAt(at)) {
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case '\\' -> bytes.write('\\');
            case 'x' -> bytes.write(Integer.parseInt(text, at + 1, at + 3, 16));
            case 'u' ->
                bytes.writeBytes(Character.toString(Integer.parseInt(text, at + 1, at + 5, 16))
                        .getBytes(StandardCharsets.UTF_8));
            case '{' -> {
                return repeat(text, at + 1, bytes);
            }
            default -> throw new IllegalArgumentException("expected an escape, found " + text.charAt(at));
        }
        return at + (text.charAt(at) == 'x' ? 3 : text.charAt(at) == 'u' ? 5 : 1);
    }

    private static int repeat(String text, int at, ByteArrayOutputStream bytes) {
        int end = text.indexOf('}', at);
        int star = text.lastIndexOf('*', end);
        byte[] once = unescape(text.substring(at, star));
        for (int i = Integer.parseInt(text, star + 1, end, 10); i > 0; i--) {
            bytes.writeBytes(once);
        }
        return end + 1;
    }
}
