package io.segmentdrop.shell.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** What a person reads when the start is refused, found by the analyzers that the jar registers. */
class RefusalTest {

    private static final String SAFE = """
        segment-drop:
          api: { base-url: https://acme.optipub.com, token: k3y }
          drops: { acme: { from: file:inbox } }
        """;

    private static final String ADVICE =
            "\n-> Mend the configuration and start again. Nothing was opened, made or sent."
                    + " The README tells every key.";

    @Test
    void aSafeConfigurationStarts() {
        Configurations.checked(SAFE)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DropPolicies.class));
    }

    @Test
    void reasonsAreToldOneALine() {
        assertThat(refusal(Configurations.checked(
                        "segment-drop: { home: data, api: { token: k3y }, send: { workers: 0 } }")))
                .isEqualTo("""
                    segment-drop does not start, since its configuration is unsafe or incomplete:

                        segment-drop.api.base-url: expected an address such as https://acme.optipub.com, found nothing
                        segment-drop.send.workers: expected at least 1, found 0\
                    """ + ADVICE);
    }

    @Test
    void theChecksRunBeforeAnyOtherBeanIsMade() {
        Configurations.checked("segment-drop.home: data")
                .withBean(AssertionError.class, () -> {
                    throw new AssertionError("made");
                })
                .run(context -> assertThat(context.getStartupFailure()).isInstanceOf(StartupRefusedException.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        hmoe: data                                   | hmoe                        | home
        sandbox: true                                | sandbox                     | -
        api: { base-ulr: x }                         | api.base-ulr                | api.base-url
        api: { field-names: { replace-tag: x } }     | api.field-names.replace-tag | api.field-names.replace-tags
        send: { backoff: { frist: 1s } }             | send.backoff.frist          | send.backoff.first
        drops: { acme: { allow-claer: true } }       | drops.acme.allow-claer      | drops.acme.allow-clear
        drops: { acme: { sftp: { private-key: x } } }| drops.acme.sftp.private-key | -
        drops: { a: { segments: [{ id: 1, lnae: x }] } } | drops.a.segments[0].lnae | drops.a.segments[0].lane
        """)
    void unknownKeysAreTold(String yaml, String key, @Nullable String meant) {
        String hint = meant == null ? "" : "; did you mean segment-drop." + meant + "?";

        assertThat(refusal(Configurations.bound("segment-drop: { " + yaml + " }")))
                .isEqualTo(
                        "segment-drop does not start, since its configuration holds unknown keys:\n\n    segment-drop."
                                + key + ": expected one of the documented keys, found another (HERE)" + hint + ADVICE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        send: { workers: four }                       | send.workers | a whole number | four
        check: { max-reject-ratio: half }             | check.max-reject-ratio | a number | half
        check: { max-bytes: 16 gigs }                 | check.max-bytes | a size with its unit, such as 512KB, 20MB or 16GB | 16 gigs
        send: { hold-limit: 3 days }                  | send.hold-limit | a time with its unit, such as 500ms, 2s, 15m or 24h | 3 days
        send: { hold-limit: 72 }                      | send.hold-limit | a time with its unit, such as 500ms, 2s, 15m or 24h | 72
        drops: { acme: { settle-for: 2 } }            | drops.acme.settle-for | a time with its unit, such as 500ms, 2s, 15m or 24h | 2
        drops: { acme: { allow-clear: perhaps } }     | drops.acme.allow-clear | true or false | perhaps
        drops: { acme: { after-take: delete } }       | drops.acme.after-take | one of remove, keep | delete
        drops: { acme: { require-proof: sometimes } } | drops.acme.require-proof | one of never, clear, always | sometimes
        drops: { acme: { unknown-headers: drop } }    | drops.acme.unknown-headers | one of send, reject | drop
        drops: { acme: { campaigns: [x] } }           | drops.acme.campaigns[0] | a whole number | x
        drops: { a: { segments: [{ suppression: sha1 }] } } | drops.a.segments[0].suppression | one of none, md5, sha256, sha512 | sha1
        drops: { acme: { segments: 5 } }              | drops.acme.segments | a list | 5
        """)
    void unreadableValuesAreToldWithWhatIsWanted(String yaml, String key, String wanted, String found) {
        assertThat(refusal(Configurations.bound("segment-drop: { " + yaml + " }")))
                .isEqualTo("segment-drop does not start, since a value of its configuration cannot be read:\n\n"
                        + "    segment-drop."
                        + key + ": expected " + wanted + ", found \"" + found + "\" (HERE)" + ADVICE);
    }

    @Test
    void aValueInThePlaceOfKeysIsTold() {
        assertThat(refusal(Configurations.bound("segment-drop: { drops: { acme: 5 } }")))
                .isEqualTo("segment-drop does not start, since a value of its configuration cannot be read:\n\n"
                        + "    segment-drop.drops.acme: expected keys of its own, found something else" + ADVICE);
    }

    @Test
    void aPlaceIsAFileWithLineAndColumn() {
        Configurations.bound("segment-drop:\n  hmoe: data\n")
                .run(context -> assertThat(analyze(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("found another (Byte array resource [application.yaml] - 2:9); did you mean"));
    }

    @Test
    void noTimeNeedsNoUnit() {
        Configurations.bound("segment-drop.drops.acme.settle-for: 0")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "api: { token: 'Bearer ${NO_SUCH_KEY}' }, api.token",
        "api: { base-url: '${NO_SUCH_KEY}' }, api.base-url",
        "drops: { acme: { tags: ['${NO_SUCH_KEY}'] } }, drops.acme.tags[0]",
        "drops: { acme: { defaults: { clear: '${NO_SUCH_KEY}' } } }, drops.acme.defaults.clear",
    })
    void aPlaceholderThatNothingFillsIsRefused(String yaml, String key) {
        assertThat(refusal(Configurations.bound("segment-drop: { " + yaml + " }")))
                .isEqualTo("segment-drop does not start, since a value of its configuration cannot be read:\n\n"
                        + "    segment-drop." + key + ": expected a value, found ${NO_SUCH_KEY}, which neither the"
                        + " environment nor the configuration fills" + ADVICE);
    }

    @Test
    void aPlaceholderIsFilled() {
        Configurations.bound("{ segment-drop: { api: { token: '${key}' } }, key: k3y }")
                .run(context -> assertThat(context.getBean(SegmentDropProperties.class)
                                .api()
                                .token())
                        .isEqualTo(new Secret("k3y")));
    }

    private static String refusal(ApplicationContextRunner runner) {
        String[] text = new String[1];
        runner.run(context -> text[0] = analyze(Objects.requireNonNull(context.getStartupFailure())));
        return text[0].replaceAll("Byte array resource \\[application.yaml] - \\d+:\\d+", "HERE");
    }

    private static String analyze(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        ArgumentResolver.of(Environment.class, new StandardEnvironment()),
                        FailureHandler.handleMessage((message, cause) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .map(RefusalTest::text)
                .orElse("");
    }

    private static String text(FailureAnalysis analysis) {
        return analysis.getDescription() + "\n-> " + analysis.getAction();
    }
}
