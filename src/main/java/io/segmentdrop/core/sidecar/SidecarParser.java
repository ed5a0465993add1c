package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a sidecar, strictly, and names all problems at once: nothing is guessed, coerced or overlooked.
 *
 * <p>A fault of the JSON itself is the only problem that is told, since nothing behind it can be trusted. All others are
 * collected in the order in which the keys stand. Messages repeat no value but short numbers; the name of a key is
 * repeated where it is short and printable.
 *
 * <p>Values that the catalogue leaves open: true and false may be written 1 and 0 (the API's guide does), never as text;
 * a fraction of a byte or row is out of range, a fraction of an id is a wrong type; upper-case digits of {@code sha256}
 * are lower-cased; ids run from 1 to 2^53-1.
 */
public final class SidecarParser {

    /** The largest sidecar, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The most keys of a sidecar, notes included; more are not even named. */
    static final int MAX_KEYS = 100;

    private static final String NOTE_PREFIX = "x-";

    private static final Map<String, Key> KEYS =
            Arrays.stream(Key.values()).collect(Collectors.toUnmodifiableMap(Key::word, Function.identity()));

    /** An import names its segment itself, and a proof, a name or an id belongs to one pair. All else may be a default. */
    private static final Set<Key> DEFAULTABLE = Arrays.stream(Key.values())
            .filter(key -> key.isOption() && key != Key.SEGMENT)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Key.class)));

    /**
     * What was read.
     *
     * @param settings the values; where there are problems, those that could be read, perhaps none
     * @param problems what refuses the pair, in the order of the keys
     * @param notes what was accepted after a harmless change of form
     */
    public record Parsed(Settings settings, List<Problem> problems, List<Problem> notes) {

        public Parsed {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        public boolean ok() {
            return problems.isEmpty();
        }
    }

    private SidecarParser() {}

    /**
     * Reads a sidecar.
     *
     * @param json the sidecar's bytes; of one larger than {@link #MAX_BYTES} it is enough to give one byte more
     * @param csvName the CSV's file name, for the key {@code file}
     */
    public static Parsed parse(byte[] json, String csvName) {
        if (json.length > MAX_BYTES) {
            return refused(Problem.of(
                    Code.SIDE_TOO_LARGE,
                    "expected at most " + MAX_BYTES + " bytes, found more; keep only documented keys"));
        }
        return switch (StrictUtf8.decode(json)) {
            case StrictUtf8.Decoded.Refused(Problem problem) -> refused(problem);
            case StrictUtf8.Decoded.Text(String text, boolean markSkipped) -> parse(text, markSkipped, csvName);
        };
    }

    /**
     * Reads the {@code defaults} of a drop's configuration with the same rules. Any option may be a default but
     * {@code segment}; keys that speak of one pair may not ({@code SIDE_UNKNOWN_KEY}), nor notes.
     *
     * @param values keys as in the sidecar; values as YAML or properties give them, see {@link Relaxed}
     */
    public static Parsed defaults(Map<String, ?> values) {
        Findings findings = new Findings();
        EnumMap<Key, Object> read = new EnumMap<>(Key.class);
        values.forEach((name, value) -> key(name, DEFAULTABLE, findings)
                .ifPresent(key -> read(key, Relaxed.shape(key, value), "", findings, read)));
        return parsed(read, findings);
    }

    private static Parsed parse(String text, boolean markSkipped, String csvName) {
        return switch (JsonReader.read(text)) {
            case JsonReader.Document.Refused(Problem problem) -> refused(problem);
            case JsonReader.Document.Whole(JsonValue.Obj root) -> parse(root, markSkipped, csvName);
        };
    }

    private static Parsed parse(JsonValue.Obj root, boolean markSkipped, String csvName) {
        Findings findings = new Findings();
        if (markSkipped) {
            findings.add(Problem.of(Code.SIDE_BOM, "expected no byte order mark, found one; it was skipped"));
        }
        if (root.members().size() > MAX_KEYS) {
            return refused(Problem.of(
                    Code.SIDE_LIMIT,
                    "expected at most " + MAX_KEYS + " keys, found "
                            + root.members().size()));
        }
        EnumMap<Key, Object> values = new EnumMap<>(Key.class);
        Place sidecar = new Place(null, "the sidecar", findings);
        Members.each(root, sidecar, (name, value) -> member(name, value, csvName, findings, values));
        return parsed(values, findings);
    }

    private static void member(
            String name, JsonValue value, String csvName, Findings findings, Map<Key, Object> values) {
        if (value.isTooDeep()) {
            findings.add(named(
                    Code.SIDE_LIMIT,
                    name,
                    "expected at most " + JsonReader.MAX_DEPTH + " levels, found more in " + Texts.show(name)));
        } else if (!name.startsWith(NOTE_PREFIX)) {
            key(name, KEYS.values(), findings).ifPresent(key -> read(key, value, csvName, findings, values));
        }
    }

    /** The key of that name; if it is none of the allowed ones, that is told. */
    private static Optional<Key> key(String name, Collection<Key> allowed, Findings findings) {
        Key key = KEYS.get(name);
        if (key != null && allowed.contains(key)) {
            return Optional.of(key);
        }
        findings.add(named(
                Code.SIDE_UNKNOWN_KEY,
                name,
                "expected a documented key, found " + Texts.show(name)
                        + NearMiss.hint(
                                name,
                                Arrays.stream(Key.values())
                                        .filter(allowed::contains)
                                        .map(Key::word)
                                        .toList())));
        return Optional.empty();
    }

    private static void read(Key key, JsonValue value, String csvName, Findings findings, Map<Key, Object> values) {
        Object read = KeyReader.read(key, value, csvName, Place.of(key.word(), findings));
        if (read != null) {
            values.put(key, read);
        }
    }

    private static Problem named(Code code, String name, String message) {
        return Texts.isShowable(name) ? Problem.in(code, name, message) : Problem.of(code, message);
    }

    private static Parsed parsed(Map<Key, Object> values, Findings findings) {
        return new Parsed(new Settings(values), findings.problems(), findings.remarks());
    }

    private static Parsed refused(Problem problem) {
        return new Parsed(Settings.EMPTY, List.of(problem), List.of());
    }
}
