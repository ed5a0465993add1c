package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;
import io.segmentdrop.core.split.Digests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the check over bytes in memory, under rules written as words. */
final class Checks {

    /** What a check found and wrote. */
    record Outcome(CheckReport report, String clean, String rejects) {}

    private static final Executor HASHING =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private Checks() {}

    static Outcome run(byte[] source, CheckRules rules, int readSize) {
        return run(source, rules, readSize, CsvCheck.Pace.PLAIN_ROWS_IN_RUNS);
    }

    static Outcome run(byte[] source, CheckRules rules, int readSize, CsvCheck.Pace pace) {
        ByteArrayOutputStream clean = new ByteArrayOutputStream();
        ByteArrayOutputStream rejects = new ByteArrayOutputStream();
        CsvCheck.CleanFile file = (from, to) -> {
            clean.write(source, (int) from, (int) (to - from));
            return clean;
        };
        try {
            CheckReport report = CsvCheck.check(
                    new ByteArrayInputStream(source),
                    source.length,
                    rules,
                    new CsvCheck.Sinks(file, rejects),
                    new CsvCheck.Manner(readSize, pace, HASHING));
            return new Outcome(report, sent(report, source, clean), rejects.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows that are sent, whichever file holds them; that file's first chunk begins where its rows begin. */
    private static String sent(CheckReport report, byte[] source, ByteArrayOutputStream clean) {
        if (report.cleanFile()) {
            return clean.toString(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        report.chunks().forEach(c -> sent.write(source, (int) c.offset(), (int) c.length()));
        return sent.toString(StandardCharsets.UTF_8);
    }

    static String sha256(byte[]... parts) {
        MessageDigest digest = Digests.sha256();
        Arrays.stream(parts).forEach(digest::update);
        return Digests.hex(digest);
    }

    /**
     * Rules from words like {@code clear ratio=0.5 columns=E-mail>email;a>varr_a}; a word left out means that nothing is
     * expected, forbidden or limited. A space inside a word's value is left as it is before the next known word.
     */
    static CheckRules rules(String words, byte[] source) {
        Words of = new Words(words);
        return new CheckRules(
                of.has("clear"),
                of.value("suppression") == null
                        ? null
                        : Suppression.valueOf(of.required("suppression").toUpperCase(Locale.ROOT)),
                of.has("hash"),
                of.map("columns"),
                of.number("rows"),
                of.number("bytes"),
                sha256(of.value("sha256"), source),
                of.has("allowTagReplace"),
                of.set("allowedColumns"),
                of.set("allowedTags"),
                of.has("tagOptions"),
                of.has("rejectUnknown"),
                of.has("rejectNewlines"),
                of.value("ratio") == null ? 0.9 : Double.parseDouble(of.required("ratio")),
                of.numberOr("maxBytes", Long.MAX_VALUE),
                of.numberOr("chunkRows", 100_000),
                of.numberOr("chunkBytes", 20 << 20));
    }

    private static @Nullable String sha256(@Nullable String word, byte[] source) {
        if (word == null) {
            return null;
        }
        return word.equals("right") ? sha256(source) : "0".repeat(64);
    }

    private static final class Words {
        private static final String SPLIT =
                " (?=(clear|suppression|hash|columns|rows|bytes|sha256|allow|tag|reject|ratio|max|chunk))";
        private final Map<String, String> values = new LinkedHashMap<>();

        private Words(String words) {
            for (String word : words.split(SPLIT, -1)) {
                String[] pair = word.split("=", 2);
                values.put(pair[0], pair.length == 1 ? "" : pair[1]);
            }
        }

        private boolean has(String word) {
            return values.containsKey(word);
        }

        private @Nullable String value(String word) {
            return values.get(word);
        }

        private String required(String word) {
            String value = values.get(word);
            if (value == null) {
                throw new IllegalArgumentException("expected " + word);
            }
            return value;
        }

        private @Nullable Long number(String word) {
            return has(word) ? Long.valueOf(required(word)) : null;
        }

        private long numberOr(String word, long otherwise) {
            return has(word) ? Long.parseLong(required(word)) : otherwise;
        }

        private @Nullable Set<String> set(String word) {
            return has(word) ? Set.of(required(word).split(";", -1)) : null;
        }

        private Map<String, String> map(String word) {
            return has(word)
                    ? Arrays.stream(required(word).split(";", -1))
                            .map(entry -> entry.split(">", -1))
                            .collect(Collectors.toMap(e -> e[0], e -> e[1], (a, b) -> a, LinkedHashMap::new))
                    : Map.of();
        }
    }
}
