package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the API key comes from. A key file is read at every use, so that a rotated key counts from the next request on and
 * needs no restart. Links are followed, since mounted secrets are links. The key is never printed.
 */
public final class ApiKey {

    private static final int LONGEST = 16 * 1024;
    private static final String BOM = "\u00EF\u00BB\u00BF";

    private final @Nullable String token;
    private final @Nullable Path file;

    private ApiKey(@Nullable String token, @Nullable Path file) {
        this.token = token;
        this.file = file;
    }

    /** The key itself; an empty one means that there is none. */
    public static ApiKey ofToken(String token) {
        return new ApiKey(token, null);
    }

    /** The file that holds the key, read again at every use. */
    public static ApiKey inFile(Path file) {
        return new ApiKey(null, file);
    }

    /**
     * The key as of now; empty if the file is missing, unreadable, empty, or holds anything but one word of visible ASCII,
     * which could not be sent in a header.
     */
    public Optional<Secret> current() {
        return Optional.of(trimmed(text())).filter(ApiKey::canBeSent).map(Secret::new);
    }

    private String text() {
        return file == null ? String.valueOf(token) : contents(file);
    }

    private static String contents(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String trimmed(String text) {
        String noMark = text.startsWith(BOM) ? text.substring(BOM.length()) : text;
        return noMark.replaceFirst("\r?\n$", "");
    }

    private static boolean canBeSent(String text) {
        return !text.isEmpty() && text.length() < LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
