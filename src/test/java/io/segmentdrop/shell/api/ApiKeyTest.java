package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.send.WrittenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyTest {

    @TempDir
    Path dir;

    @Test
    void isTrimmed() throws IOException {
        assertThat(inFile("\uFEFFkey-1 \r\n\n").current().map(Secret::reveal)).contains("key-1");
        assertThat(ApiKey.ofToken(" key-1\n").current().map(Secret::reveal)).contains("key-1");
    }

    @Test
    void whatIsWrongIsToldAndNotShown() throws IOException {
        ApiKey key = inFile("Bearer canary");

        assertThat(key.current()).isEmpty();
        assertThat(key.look())
                .isInstanceOfSatisfying(
                        WrittenKey.Unusable.class,
                        unusable -> assertThat(key.unusable(unusable.found()))
                                .isEqualTo("expected the API key alone in the file of api.token-file, found the word"
                                        + " Bearer or Authorization in front of it, which is added when it is sent"));
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws IOException {
        assertThat(ApiKey.inFile(dir.resolve("none")).look()).isEqualTo(new WrittenKey.Unusable("no such file"));
        assertThat(ApiKey.inFile(dir).look()).isEqualTo(new WrittenKey.Unusable("a folder"));
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
