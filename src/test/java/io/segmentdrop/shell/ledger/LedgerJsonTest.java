package io.segmentdrop.shell.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.receipt.OptionsJson;
import io.segmentdrop.core.send.FormField;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SidecarParser;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger writes as JSON it reads back the same. */
class LedgerJsonTest {

    private static final String EVERY_KEY =
            """
            {"segment": 7, "clear": false, "activeStatus": null, "subscriptionAction": "none", "sourceCampaign": 90,
             "sourcePartner": 3, "tagsToAdd": [1, 2], "tagsToRemove": [3], "subscriberTagsToAdd": [4],
             "subscriberTagsToRemove": [5, 6], "replaceTags": true, "replaceSubscriberTags": false,
             "createSmsAddons": true, "smsPhoneVariable": 12, "sendSmsConfirmation": true, "suppressFunnelEvents": true,
             "subscriptionOptions": {"started_at": "2026-01-02", "auto_renews": true, "n": 7}, "suppression": "sha512",
             "hash": true, "columns": {"First Name": "varr_firstname", "E-mail": "email"}, "dryRun": true}""";

    @Test
    void optionsWithEveryKey() {
        Options options = options(EVERY_KEY);
        assertThat(words(options.settings().values().keySet())).isEqualTo(optionWords());
        assertThat(roundTrip(options)).isEqualTo(options);
        assertThat(Objects.requireNonNull(roundTrip(options)).canonical()).isEqualTo(options.canonical());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"segment\": {\"create\": {\"name\": \"VIPs\", \"description\": \"ours\", \"publicationId\": 4}}}",
                "{\"segment\": {\"create\": {\"name\": \"VIPs\", \"description\": \"\", \"publicationId\": 4,"
                        + " \"suppression\": \"none\", \"autoResponderId\": 5, \"redirectUrl\": \"https://example.com/x\"}}}",
                "{\"activeStatus\": true}",
                "{\"activeStatus\": false}",
                "{\"tagsToAdd\": []}",
                "{\"subscriptionOptions\": {}}",
                "{\"columns\": {\"Größe \\\"x\\\"\": \"varr_size\"}}",
                "{}"
            })
    void optionsOfEachShape(String sidecar) {
        Options options = options(sidecar);
        assertThat(roundTrip(options)).isEqualTo(options);
    }

    @Test
    void theOriginOfEachOption() {
        Settings settings = settings("{\"clear\": true, \"segment\": 7}");
        Options options = new Options(settings, Map.of(Key.CLEAR, Origin.DROP, Key.SEGMENT, Origin.SIDECAR));
        assertThat(roundTrip(options)).isEqualTo(options);
    }

    @Test
    void noOptions() {
        assertThat(LedgerJson.options((String) null)).isNull();
    }

    @Test
    void problems() {
        List<Problem> problems = List.of(
                new Problem(Code.EMAIL_INVALID, 17, "email", "expected \"x\",\nfound ü"),
                Problem.of(Code.SIDE_MISSING, "gone"));
        assertThat(LedgerJson.problems(LedgerJson.problems(problems))).isEqualTo(problems);
        assertThat(LedgerJson.problems((String) null)).isEmpty();
    }

    @Test
    void formFields() {
        List<FormField> fields = List.of(new FormField("clear", "0"), new FormField("tagsToAdd[]", "1"));
        assertThat(LedgerJson.fields(LedgerJson.fields(fields))).isEqualTo(fields);
        assertThat(LedgerJson.fields((String) null)).isEmpty();
    }

    @Test
    void texts() {
        List<List<String>> texts = List.of(List.of("vips \"1\".csv", "1:2:3", "source.csv"), List.of());
        assertThat(LedgerJson.texts(LedgerJson.texts(texts))).isEqualTo(texts);
    }

    @Test
    void anythingElseIsAFaultOfOurs() {
        assertThatThrownBy(() -> LedgerJson.texts("{"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected JSON that the ledger wrote itself");
    }

    private static @Nullable Options roundTrip(Options options) {
        return LedgerJson.options(LedgerJson.options(OptionsJson.of(options)));
    }

    private static Options options(String sidecar) {
        Settings settings = settings(sidecar);
        Map<Key, Origin> from = new EnumMap<>(Key.class);
        settings.values().keySet().forEach(key -> from.put(key, Origin.SIDECAR));
        return new Options(settings, from);
    }

    private static Settings settings(String sidecar) {
        return SidecarParser.parse(sidecar.getBytes(StandardCharsets.UTF_8), "")
                .settings();
    }

    private static Set<String> words(Set<Key> keys) {
        Set<String> words = new TreeSet<>();
        keys.forEach(key -> words.add(key.word()));
        return words;
    }

    private static Set<String> optionWords() {
        Set<String> words = new TreeSet<>();
        for (Key key : Key.values()) {
            if (key.isOption()) {
                words.add(key.word());
            }
        }
        return words;
    }
}
