package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.problem.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The step table, row by row, and the sentences that people read. */
class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SendRules RULES = new SendRules(
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15)),
            Duration.ofHours(24),
            SendRules.RESEND_WINDOW,
            Duration.ofHours(72));
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return bound - 1;
        }
    };

    @ParameterizedTest(name = "{0} {1} {2} -> {3}")
    @CsvFileSource(resources = "/catalogue/steps.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 4)
    void goesOnAsTheTableSays(String seen, ResendClass resendClass, @Nullable String facts, String step) {
        assertThat(words(after(seen, resendClass, Objects.requireNonNullElse(facts, ""))))
                .isEqualTo(step);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "422 | SAFE | - | expected 201, found 422: the API refused the request; read the API's answer; mend"
                        + " the file or the options and drop it again",
                "422 | SAFE | accepted | expected 201, found 422 after other chunks were accepted: what was accepted"
                        + " stays; a replay sends the rest",
                "413 | SAFE | - | expected 201, found 413: the chunk has one row and cannot be split; ask OptiPub for a"
                        + " larger limit, then release or discard",
                "413 | SAFE_IN_WINDOW | clear | expected 201, found 413: a clearing import is never split; ask OptiPub"
                        + " for a larger limit, then release or discard",
                "404 | SAFE | - | expected 201, found 404: the API does not know this segment; check the segment, then"
                        + " release or discard",
                "402 | SAFE | - | expected 201, found 402: the API answered with a status that it does not document;"
                        + " read the API's answer, then release or discard",
                "302 to=/back | SAFE | row=3 | expected 201, found 302 to /back, three times in a row: the API's way"
                        + " to say that it failed; check the segment and the options, then release or discard",
                "302 to=/back | SAFE | other-lane | expected 201, found 302 to /back, in two lanes: the fault is"
                        + " hardly that of one import; check the key.",
                "302 to=/login | SAFE | - | expected 201, found 302 to /login: the API does not accept the key; renew"
                        + " the key; it is read again without a restart.",
                "401 | SAFE | - | expected 201, found 401: the API does not accept the key; renew the key; it is read"
                        + " again without a restart.",
                "500 early | SAFE | failing=24 | expected 201, found 500 (reset): the API kept answering with errors"
                        + " for this import while others got through; replay it when the cause is mended",
                "0 | UNSAFE | doubts=1 | expected 201, found no answer (reset); the chunk may have been applied, and"
                        + " sending it again could start a campaign effort, a text or a funnel twice; look into the"
                        + " segment, then release (send again, or as accepted) or discard",
                "0 | SAFE_IN_WINDOW | doubts=1 later | expected 201, found no answer (reset); the chunk may have been"
                        + " applied, and a later import of its lane was sent in between; look into the segment, then"
                        + " release (send again, or as accepted) or discard",
                "0 | SAFE_IN_WINDOW | doubts=1 since=15 | expected 201, found no answer (reset); the chunk may have"
                    + " been applied, and the 15 minutes in which it may be sent again do not suffice; look into the"
                    + " segment, then release (send again, or as accepted) or discard",
                "0 | SAFE_IN_WINDOW | doubts=2 clear | expected 201, found no answer (reset); the chunk may have been"
                        + " applied, and a clearing import is sent again once only; look into the segment, then release"
                        + " (send again, or as accepted) or discard",
                "untrusted early | SAFE | - | reset.",
                "staged | SAFE | - | the file in our custody changed after the check; find out who changed it;"
                        + " discard, and drop the pair again",
            })
    void saysWhyInASentence(String seen, ResendClass resendClass, @Nullable String facts, String reason) {
        String said = switch (after(seen, resendClass, Objects.requireNonNullElse(facts, ""))) {
            case Step.Hold hold -> hold.reason();
            case Step.Undeliverable undeliverable -> undeliverable.reason();
            case Step.CloseGate gate -> gate.reason();
            case Step other -> "no reason: " + other;
        };

        assertThat(said).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SAFE           | -                       | send",
                "UNSAFE         | -                       | send",
                "SAFE           | doubts=9 since=6000 later | send",
                "SAFE_IN_WINDOW | doubts=3 since=15       | send",
                "SAFE_IN_WINDOW | doubts=1 since=16       | API_IN_DOUBT IN_DOUBT",
                "SAFE_IN_WINDOW | doubts=1 since=1 later  | API_IN_DOUBT IN_DOUBT",
                "SAFE_IN_WINDOW | doubts=1 since=900 clear | send",
                "SAFE_IN_WINDOW | doubts=2 since=16 clear | API_IN_DOUBT IN_DOUBT",
                "UNSAFE         | doubts=1 since=0        | API_IN_DOUBT IN_DOUBT",
            })
    void asksAgainBeforeItSends(ResendClass resendClass, @Nullable String facts, String answer) {
        Doubt doubt = doubt(resendClass, Objects.requireNonNullElse(facts, ""));

        String said = Delivery.before(doubt, NOW, RULES)
                .map(hold -> hold.why() + " " + hold.chunk())
                .orElse("send");

        assertThat(said).isEqualTo(answer);
    }

    @Test
    void factsMustFitTogether() {
        Outcome doubtful = outcome("0");
        Doubt none = doubt(ResendClass.SAFE, "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts(doubtful, none, ""))
                .withMessage("expected an attempt in doubt to be among the doubts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> doubt(ResendClass.SAFE, "clear"))
                .withMessage("expected a clearing import to be safe in a window at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> facts(outcome("413"), doubt(ResendClass.UNSAFE, "clear"), "splittable"))
                .withMessage("expected a clearing import not to be splittable");
    }

    private static Step after(String seen, ResendClass resendClass, String facts) {
        return Delivery.after(facts(outcome(seen), doubt(resendClass, facts), facts), RULES, LONGEST);
    }

    private static AttemptFacts facts(Outcome outcome, Doubt doubt, String facts) {
        return new AttemptFacts(
                outcome,
                doubt,
                number(facts, "failures"),
                number(facts, "row"),
                NOW,
                NOW.minus(Duration.ofHours(number(facts, "failing"))),
                has(facts, "splittable"),
                has(facts, "accepted"),
                has(facts, "probe"),
                has(facts, "other-lane"));
    }

    private static Doubt doubt(ResendClass resendClass, String facts) {
        return new Doubt(
                resendClass,
                has(facts, "clear"),
                number(facts, "doubts"),
                NOW.minus(Duration.ofMinutes(number(facts, "since"))),
                has(facts, "later"));
    }

    private static final Map<String, WireFault.Kind> KINDS = Map.of(
            "staged", WireFault.Kind.STAGED_CHANGED,
            "untrusted", WireFault.Kind.TLS,
            "stopped", WireFault.Kind.ENDING);

    private static Outcome outcome(String seen) {
        List<String> words = List.of(seen.split(" ", -1));
        WireFault.Kind kind = KINDS.getOrDefault(words.getFirst(), WireFault.Kind.WIRE);
        int status = kind == WireFault.Kind.WIRE ? Integer.parseInt(words.getFirst()) : 0;
        boolean whole = !has(seen, "early");
        Phase unanswered =
                kind == WireFault.Kind.TLS ? Phase.NOTHING_WRITTEN : whole ? Phase.BODY_WRITTEN : Phase.BODY_INCOMPLETE;
        Phase phase = status > 0 ? Phase.ANSWER_COMPLETE : unanswered;
        WireFault fault = status == 0 || !whole ? new WireFault(kind, "reset") : null;
        return ReplyClassifier.classify(
                new Observation(
                        phase, whole, status, value(seen, "retry"), value(seen, "to"), body(words.getLast()), fault),
                NOW);
    }

    private static String body(String word) {
        return switch (word) {
            case "ok" -> "{\"error\":false}";
            case "error" -> "{\"error\":true}";
            case "effort" -> "Campaign effort creation failed";
            default -> word;
        };
    }

    private static boolean has(String words, String word) {
        return List.of(words.split(" ", -1)).contains(word);
    }

    private static @Nullable String value(String words, String key) {
        return List.of(words.split(" ", -1)).stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private static int number(String words, String key) {
        return Integer.parseInt(Objects.requireNonNullElse(value(words, key), "0"));
    }

    private static String words(Step step) {
        return switch (step) {
            case Step.ChunkAccepted accepted -> "accepted";
            case Step.TryAgain again ->
                again("try-again", again.notBefore(), again.why(), again.counted(), again.canary());
            case Step.SendAgain again ->
                again("send-again", again.notBefore(), again.why(), again.counted(), again.canary());
            case Step.Halve halve -> "halve " + halve.why();
            case Step.Hold hold -> "hold " + hold.why() + " " + hold.chunk();
            case Step.Undeliverable end -> "undeliverable " + end.why() + " " + end.chunk();
            case Step.CloseGate gate -> "close " + gate.gate() + " " + gate.why() + ", " + words(gate.chunk());
        };
    }

    private static String again(String word, Instant notBefore, Code why, boolean counted, boolean canary) {
        String time = notBefore.toString().substring(11, 19);
        return word + " " + time + " " + why + (counted ? " counted" : "") + (canary ? " canary" : "");
    }
}
