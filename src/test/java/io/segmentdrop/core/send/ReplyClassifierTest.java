package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The outcome table, row by row. */
class ReplyClassifierTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest(name = "{0} whole={1} {2} {4} {5} -> {6}")
    @CsvFileSource(resources = "/catalogue/replies.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 3)
    void meansWhatTheTableSays(
            Phase phase,
            String whole,
            int status,
            @Nullable String retryAfter,
            @Nullable String location,
            @Nullable String body,
            String outcome) {
        Observation seen = new Observation(
                phase,
                "yes".equals(whole),
                status,
                retryAfter,
                location,
                Objects.requireNonNullElse(body, ""),
                status == 0 ? WireFault.of("connection reset") : null);

        assertThat(words(ReplyClassifier.classify(seen, NOW))).isEqualTo(outcome);
    }

    @Test
    void aChangedFileIsNoAnswerOfTheApi() {
        Observation seen = unanswered(Phase.BODY_INCOMPLETE, WireFault.Kind.STAGED_CHANGED);

        assertThat(ReplyClassifier.classify(seen, NOW)).isEqualTo(new Outcome.StagedChanged());
        assertThat(new Outcome.StagedChanged().sign()).isEqualTo(ApiSign.NEITHER);
    }

    @Test
    void whatWeStoppedBeforeItsEndWasNotApplied() {
        Outcome outcome = classify(unanswered(Phase.BODY_INCOMPLETE, WireFault.Kind.ENDING));

        assertThat(outcome).isEqualTo(new Outcome.NotApplied(Code.SEND_STOPPED, Answer.NONE, "words", null));
        assertThat(outcome.sign()).isEqualTo(ApiSign.NEITHER);
    }

    @Test
    void whatWeStoppedAfterItsEndIsInDoubt() {
        assertThat(classify(unanswered(Phase.BODY_WRITTEN, WireFault.Kind.ENDING)))
                .isEqualTo(new Outcome.InDoubt(Code.API_IN_DOUBT, Answer.NONE, "words", null));
    }

    @Test
    void anAnswerCountsThoughTheRequestWasStopped() {
        WireFault ending = new WireFault(WireFault.Kind.ENDING, "words");
        Observation early = new Observation(Phase.STATUS_READ, false, 413, null, null, "", ending);

        assertThat(classify(early)).isInstanceOf(Outcome.TooLarge.class);
    }

    @Test
    void aHostThatIsNotTrustedGotNothing() {
        Outcome outcome = classify(unanswered(Phase.NOTHING_WRITTEN, WireFault.Kind.TLS));

        assertThat(outcome).isEqualTo(new Outcome.NotApplied(Code.API_TLS, Answer.NONE, "words", null));
        assertThat(outcome.sign()).isEqualTo(ApiSign.NEITHER);
    }

    /** Later the host was trusted already: a broken connection is one, also by TLS. */
    @Test
    void tlsThatBreaksOffLaterIsAFaultOfTheWire() {
        assertThat(classify(unanswered(Phase.BODY_INCOMPLETE, WireFault.Kind.TLS)))
                .isEqualTo(new Outcome.NotApplied(Code.API_UNREACHABLE, Answer.NONE, "words", null));
        assertThat(classify(unanswered(Phase.BODY_WRITTEN, WireFault.Kind.TLS))).isInstanceOf(Outcome.InDoubt.class);
    }

    private static Observation unanswered(Phase phase, WireFault.Kind kind) {
        boolean whole = phase == Phase.BODY_WRITTEN;
        return new Observation(phase, whole, 0, null, null, "", new WireFault(kind, "words"));
    }

    private static Outcome classify(Observation seen) {
        return ReplyClassifier.classify(seen, NOW);
    }

    @Test
    void keepsWhatWasSeen() {
        Observation cut = new Observation(Phase.BODY_WRITTEN, true, 0, null, null, "", WireFault.of("read timed out"));
        Observation refused = new Observation(Phase.ANSWER_COMPLETE, true, 422, null, null, "no\tgood", null);

        assertThat(ReplyClassifier.classify(cut, NOW).fault()).isEqualTo("read timed out");
        assertThat(ReplyClassifier.classify(refused, NOW).answer()).isEqualTo(new Answer(422, "no\\tgood"));
    }

    @Test
    void aDeeplyNestedBodyIsNoJson() {
        String body = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"error\":false}";
        Observation seen = new Observation(Phase.ANSWER_COMPLETE, true, 201, null, null, body, null);

        assertThat(ReplyClassifier.classify(seen, NOW)).isInstanceOf(Outcome.InDoubt.class);
    }

    /** The record's name, its code, its sign, and what else it holds. */
    private static String words(Outcome outcome) {
        Object rest = switch (outcome) {
            case Outcome.Redirected redirected -> redirected.place();
            case Outcome.CredentialRejected rejected -> rejected.place();
            case Outcome.NotApplied notApplied -> notApplied.retryAfter();
            case Outcome.InDoubt inDoubt -> inDoubt.retryAfter();
            default -> null;
        };
        return Stream.of(outcome.getClass().getSimpleName(), outcome.code(), outcome.sign(), rest)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
