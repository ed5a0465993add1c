package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.WrittenKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the API key comes from. A key file is read at every use, so that a rotated key counts from the next request on and
 * needs no restart. Links are followed, since mounted secrets are links. The key is never printed.
 */
public final class ApiKey {

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

    /** The key as of now; empty if {@link #look} finds none that can be sent. */
    public Optional<Secret> current() {
        return look() instanceof WrittenKey.Usable usable ? Optional.of(new Secret(usable.key())) : Optional.empty();
    }

    /** What is there as of now. */
    public WrittenKey look() {
        return file == null ? WrittenKey.of(String.valueOf(token)) : in(file);
    }

    private static WrittenKey in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return WrittenKey.of(in.readNBytes(WrittenKey.LONGEST));
        } catch (NoSuchFileException e) {
            return new WrittenKey.Unusable("no such file");
        } catch (IOException e) {
            return new WrittenKey.Unusable(
                    Files.isDirectory(file) ? "a folder" : "a file that cannot be read (has segment-drop the right?)");
        }
    }

    /** Expected and found, as a sentence without its end; never the key. */
    public String unusable(String found) {
        return "expected the API key alone in " + (file == null ? "api.token" : "the file of api.token-file")
                + ", found " + found;
    }
}
