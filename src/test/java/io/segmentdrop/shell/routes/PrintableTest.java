package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote cannot steer a log. */
class PrintableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vips.csv|vips.csv",
                "Größe 日本 😀.csv|Größe 日本 😀.csv",
                "a\u0009b|a?b",
                "a\u001B[31mb|a?[31mb",
                "a\u202Egpj.csv|a?gpj.csv",
                "a\u2028b|a?b",
                "a\u200Bb|a?b",
                "a\uD800b|a?b"
            })
    void steeringCharactersBecomeQuestionMarks(String text, String printable) {
        assertThat(Printable.of(text)).isEqualTo(printable);
    }

    @Test
    void lineBreaksDoToo() {
        assertThat(Printable.of("a\r\nb")).isEqualTo("a??b");
    }

    @Test
    void longTextsAreCut() {
        assertThat(Printable.of("x".repeat(120))).isEqualTo("x".repeat(120));
        assertThat(Printable.of("x".repeat(121))).isEqualTo("x".repeat(120) + "…");
        assertThat(Printable.of("😀".repeat(100))).isEqualTo("😀".repeat(100));
        assertThat(Printable.of("😀".repeat(121))).isEqualTo("😀".repeat(120) + "…");
    }

    @Test
    void faultsOfFilesAreToldWithoutTheirNames() {
        assertThat(Printable.of(new NoSuchFileException("/srv/acme/ann@example.com.csv")))
                .isEqualTo("NoSuchFileException");
        assertThat(Printable.of(new FileSystemException("/srv/acme/ann@example.com.csv", null, "No space left")))
                .isEqualTo("No space left");
        assertThat(Printable.of(new IOException("a\nb"))).isEqualTo("a?b");
        assertThat(Printable.of(new IOException())).isEqualTo("null");
    }
}
