package io.segmentdrop.core.drop;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of names: which may be used as one plain path segment, which are left alone, and what is written for them.
 *
 * <p>Quotes, markup, placeholders and shell characters are no fault: a name is never sent, evaluated or given to a shell.
 * Source: the catalogue of bad input, section 4.6.
 */
public final class Names {

    /** The most bytes of a name, in UTF-8; the limit of common file systems. */
    public static final int MAX_BYTES = 255;

    private static final String CSV = ".csv";
    private static final List<String> TEMPORARY =
            List.of("~", ".part", ".filepart", ".tmp", ".swp", ".crdownload", ".camellock");
    private static final Pattern PATH = Pattern.compile("/.*|\\\\\\\\.*|[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
    private static final Pattern UP = Pattern.compile("(.*[/\\\\])?\\.\\.?([/\\\\].*)?", Pattern.DOTALL);
    private static final Pattern RESERVED = Pattern.compile(
            "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])( *\\..*)?", Pattern.CASE_INSENSITIVE);

    private Names() {}

    /** Null if this may be used as the name of a file; otherwise the first reason why not, a {@code NAME_…} code. */
    public static @Nullable Problem judge(String name) {
        if (name.isEmpty() || PATH.matcher(name).matches() || UP.matcher(name).matches()) {
            return problem(Code.NAME_PATH_TRAVERSAL, "a path");
        }
        Problem character = judgeCharacters(name);
        return character != null ? character : judgeWhole(name);
    }

    /** As {@link #judge(String)}, and then whether this is a regular file with one name only. */
    public static @Nullable Problem judge(Entry entry) {
        Problem name = judge(entry.name());
        if (name != null) {
            return name;
        }
        if (!entry.isFile()) {
            String found = entry.kind() == Entry.Kind.LINK ? "a symbolic link" : "no regular file";
            return Problem.of(
                    Code.NAME_NOT_REGULAR_FILE, "expected a regular file, found " + found + "; it was not opened");
        }
        return entry.links() < 2
                ? null
                : Problem.of(
                        Code.NAME_HARD_LINK,
                        "expected a file with one name, found " + entry.links() + " names (hard links); drop a copy");
    }

    /** True if the name says that the file is still being written, or is hidden: such a file is left alone. */
    public static boolean isTemporary(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || TEMPORARY.stream().anyMatch(lower::endsWith);
    }

    /** False if nothing of this name is ever taken, whatever it is. */
    public static boolean mayBePartOfAPair(String name) {
        return (isCsv(name) || isJson(name)) && !isTemporary(name);
    }

    /** True if the extension is {@code .csv}, in any case. */
    public static boolean isCsv(String name) {
        return endsWith(name, CSV);
    }

    /**
     * The name of the receipt, {@code <csv name>.receipt.json}, safe to be written whatever the CSV is called: characters that
     * steer, separate, hide or stand for undecoded bytes become {@code _}, and what is too long is cut.
     */
    public static String receiptName(String csvName) {
        return safe(csvName, ".receipt.json");
    }

    /** The name of the rejects, {@code <csv name>.rejects.csv}; as safe as {@link #receiptName}. */
    public static String rejectsName(String csvName) {
        return safe(csvName, ".rejects.csv");
    }

    /** The text with every character that steers a terminal, turns its direction or hides replaced by {@code _}. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> Characters.isShown(character) ? character : '_')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    static boolean isJson(String name) {
        return endsWith(name, ".json");
    }

    /** What stands before the last dot. */
    static String withoutExtension(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static boolean endsWith(String name, String extension) {
        int from = name.length() - extension.length();
        return name.regionMatches(true, from, extension, 0, extension.length());
    }

    private static @Nullable Problem judgeCharacters(String name) {
        int number = 1;
        for (int i = 0; i < name.length(); number++) {
            int character = name.codePointAt(i);
            Code code = Characters.fault(character);
            if (code != null) {
                return problem(code, "U+%04X as character %d".formatted(character, number));
            }
            i += Character.charCount(character);
        }
        return null;
    }

    private static @Nullable Problem judgeWhole(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return Problem.of(
                    Code.NAME_TOO_LONG, "expected at most 255 bytes, found " + bytes + "; use a shorter name");
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            return problem(Code.NAME_RESERVED, "a dot or a space at its end");
        }
        return RESERVED.matcher(name).matches() ? problem(Code.NAME_RESERVED, "a name that Windows reserves") : null;
    }

    private static Problem problem(Code code, String found) {
        return Problem.of(code, "expected a plain file name, found " + found + "; " + code.remedy());
    }

    private static String safe(String name, String suffix) {
        StringBuilder safe = new StringBuilder();
        int room = MAX_BYTES - suffix.length();
        for (int character : name.codePoints().toArray()) {
            int written = Characters.fault(character) == null ? character : '_';
            room -= Characters.bytes(written);
            if (room < 0) {
                break;
            }
            safe.appendCodePoint(written);
        }
        return safe.append(suffix).toString();
    }
}
