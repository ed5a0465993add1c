package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                                 | PT1S",
                "1                                 | PT1S",
                " 120                              | PT2M",
                "0000000000120                     | PT2M",
                "3600                              | PT1H",
                "3601                              | PT1H",
                "31536000                          | PT1H",
                "99999999999999999999999999999999  | PT1H",
                "Sat, 21 Nov 2026 10:05:00 GMT     | PT5M",
                "Mon, 21 Nov 2026 10:05:00 GMT     | PT5M",
                "Sat, 21 Nov 2026 10:00:00 GMT     | PT1S",
                "Sun, 21 Nov 2027 10:00:00 GMT     | PT1H",
                "Saturday, 21-Nov-26 10:05:00 GMT  | PT5M",
                "Sat Nov 21 10:05:00 2026          | PT5M",
                "Tue Dec  1 10:05:00 2026          | PT1H",
            })
    void isReadInAllItsForms(String header, Duration pause) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1",
                "+5",
                "1.5",
                "soon",
                "''",
                "' '",
                "١٢",
                "Sat, 21 Nov 2026 09:59:59 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sat, 31 Feb 2026",
                "21 Nov 2026 10:05:00 GMT tomorrow",
            })
    void isLeftOutWhereItSaysNothing(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void mayBeMissing() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
