package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"key-1", "key-1\n", "key-1\r\n", "\uFEFFkey-1\n"})
    void isTrimmedOfAMarkAndOneLineEnd(String contents) throws IOException {
        assertThat(inFile(contents).current().map(Secret::reveal)).contains("key-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\uFEFF", "key-1\n\n", "key 1", "key-1\nX-Evil: 1", "schlüssel"})
    void whatCannotBeSentIsNoKey(String contents) throws IOException {
        assertThat(inFile(contents).current()).isEmpty();
        assertThat(ApiKey.ofToken(contents).current()).isEmpty();
    }

    @Test
    void aMissingFileIsNoKeyUntilItIsThere() throws IOException {
        Path file = dir.resolve("token");
        ApiKey key = ApiKey.inFile(file);
        assertThat(key.current()).isEmpty();

        Files.writeString(file, "key-1\n");
        assertThat(key.current().map(Secret::reveal)).contains("key-1");
        Files.writeString(file, "key-2\n");
        assertThat(key.current().map(Secret::reveal)).contains("key-2");
    }

    @Test
    void isTellableByItsFingerprintAndNothingElse() {
        Secret secret = new Secret("abc");

        assertThat(secret).hasToString("***");
        assertThat(secret.fingerprint()).isEqualTo("ba7816bf");
    }

    private ApiKey inFile(String contents) throws IOException {
        return ApiKey.inFile(Files.writeString(dir.resolve("token"), contents));
    }
}
