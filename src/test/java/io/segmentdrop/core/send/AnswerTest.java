package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain {\"message\":\"Größe\"} | plain {\"message\":\"Größe\"}",
                "`a\r\n\tb`                    | a\\r\\n\\tb",
                "`\u001b[31m\u0007red`         | \\u001b[31m\\u0007red",
                "`a\u202eb\u2028c\ud800d`      | a\\u202eb\\u2028c\\ud800d",
                "\"joe.doe@example.com\" taken | \"***@***\" taken",
                "`for:\njoe@example.com`       | for:\\n***@***",
                "use Bearer abc.def-1 now      | use Bearer *** now",
            })
    void isMadeHarmless(String body, String shown) {
        assertThat(new Answer(422, body).body()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀", "\n"})
    void isCutAtAWholeCharacter(String one) {
        Answer answer = new Answer(500, one.repeat(5000));

        assertThat(answer.body().getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(Answer.MAX_BYTES - 3, Answer.MAX_BYTES);
        assertThat(new Answer(500, answer.body())).isEqualTo(answer);
    }

    @Test
    void aStatusHasThreeDigits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Answer(1000, ""))
                .withMessage("expected a status of up to three digits, found 1000");
    }
}
