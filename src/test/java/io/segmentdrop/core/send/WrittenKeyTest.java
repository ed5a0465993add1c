package io.segmentdrop.core.send;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenKeyTest {

    private static final String KEY = "op.live-7c1f~+/=";

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "%s\n", "%s\r\n", "%s\n\n", "%s \r\n\r\n", "\n  %s\t", "\uFEFF%s\n", "\uFEFF %s\uFEFF"})
    void whatStandsAroundTheKeyIsNoPartOfIt(String written) {
        String text = written.formatted(KEY);

        assertThat(WrittenKey.of(text)).isEqualTo(new WrittenKey.Usable(KEY));
        assertThat(WrittenKey.of(text.getBytes(UTF_8))).isEqualTo(new WrittenKey.Usable(KEY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                             | nothing",
                "` \r\n\r\n`                    | nothing",
                "`\uFEFF`                       | nothing",
                "canary 7c1f                    | a space inside it",
                "`canary\t7c1f`                 | a space inside it",
                "`canary\n7c1f\n`               | more than one line",
                "`canary\r\rX-Evil: 1`          | more than one line",
                "Bearer canary                  | the word Bearer or Authorization in front of it, which is added when"
                        + " it is sent",
                "bearer:canary                  | the word Bearer or Authorization in front of it, which is added when"
                        + " it is sent",
                "Bearer                         | the word Bearer or Authorization in front of it, which is added when"
                        + " it is sent",
                "Authorization: Bearer canary   | the word Bearer or Authorization in front of it, which is added when"
                        + " it is sent",
                "\"canary\"                     | quotes around it",
                "'canary'                       | quotes around it",
                "\u201Ccanary\u201D             | quotes around it",
                "\"canary                       | quotes around it",
                "\"Bearer canary\"              | quotes around it",
                "`canary\u0000`                 | a NUL character in it",
                "schlüssel                      | a character that is no visible ASCII, at place 5",
                "`canary\u200B`                 | a character that is no visible ASCII, at place 7",
                "`\u00A0canary`                 | a character that is no visible ASCII, at place 1",
                "`canary\u001b[0m`              | a character that is no visible ASCII, at place 7",
            })
    void whatCannotBeSentIsToldAndNotShown(String written, String found) {
        assertThat(WrittenKey.of(written)).isEqualTo(new WrittenKey.Unusable(found));
        assertThat(WrittenKey.of(written.getBytes(UTF_8))).isEqualTo(new WrittenKey.Unusable(found));
        assertThat(found).doesNotContain("canary", "7c1f");
    }

    static Stream<Charset> wide() {
        return Stream.of(UTF_16, UTF_16BE, UTF_16LE);
    }

    @ParameterizedTest
    @MethodSource("wide")
    void anotherEncodingIsTold(Charset charset) {
        assertThat(WrittenKey.of((KEY + "\r\n").getBytes(charset)))
                .isEqualTo(new WrittenKey.Unusable("text in UTF-16; save it as ASCII or UTF-8"));
    }

    @Test
    void bytesThatAreNoTextAreToldToo() {
        assertThat(WrittenKey.of(new byte[] {'k', (byte) 0xC3, '\n'}))
                .isEqualTo(new WrittenKey.Unusable("a character that is no visible ASCII, at place 2"));
        assertThat(WrittenKey.of("x".repeat(16 * 1024).getBytes(UTF_8)))
                .isEqualTo(new WrittenKey.Unusable("more than 16 KiB"));
        assertThat(WrittenKey.of("x".repeat(16 * 1024))).isEqualTo(new WrittenKey.Unusable("more than 16 KiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer7c1f", "Authorization", "k", "a\"b", "eyJhbGciOi.J9.x-_="})
    void whatMerelyLooksLikeAMistakeIsAKey(String key) {
        assertThat(WrittenKey.of(key)).isEqualTo(new WrittenKey.Usable(key)).hasToString("***");
    }
}
