package io.segmentdrop.core.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.OptionRules.Resolved;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionRulesTest {

    @Test
    void laysTheSidecarOverTheDefaults() {
        Resolved resolved = resolve(
                "{\"segment\": 42, \"sourceCampaign\": 91, \"tagsToAdd\": []}",
                "{\"clear\": false, \"activeStatus\": true, \"sourceCampaign\": 90, \"tagsToAdd\": [5]}");

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.warnings()).isEmpty();
        assertThat(resolved.options().from())
                .isEqualTo(Map.of(
                        Key.SEGMENT, Origin.SIDECAR,
                        Key.CLEAR, Origin.DROP,
                        Key.ACTIVE_STATUS, Origin.DROP,
                        Key.SOURCE_CAMPAIGN, Origin.SIDECAR));
        assertThat(resolved.options().settings().number(Key.SOURCE_CAMPAIGN)).isEqualTo(91);
    }

    @Test
    void takesTheSuppressionFromTheDrop() {
        Resolved resolved = resolve("{\"segment\": 43, \"clear\": false, \"hash\": true}", "{}");

        assertThat(resolved.ok()).isTrue();
        assertThat(resolved.options().settings().suppression()).isEqualTo(Suppression.MD5);
        assertThat(resolved.options().from()).containsEntry(Key.SUPPRESSION, Origin.DROP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"segment":42}                             | {"sourceCampaign":90}                       | sourceCampaign: activeStatus is neither true nor false
        {"segment":42,"activeStatus":null}         | {"activeStatus":true,"sourceCampaign":90}   | sourceCampaign: activeStatus is neither true nor false
        {"segment":42,"activeStatus":false}        | {"sourcePartner":7}                         | sourcePartner: there is no sourceCampaign
        {"segment":43}                             | {"activeStatus":true}                       | activeStatus: this is a suppression import
        {"segment":43}                             | {"tagsToAdd":[1]}                           | tagsToAdd: this is a suppression import
        {"segment":43}                             | {"suppression":"sha256"}                    | suppression: the segment says otherwise
        {"segment":42}                             | {"suppression":"md5"}                       | suppression: the segment says otherwise
        {"segment":42}                             | {"hash":true}                               | hash: the segment has no hash type
        {"segment":42,"activeStatus":false}        | {"subscriptionAction":"none"}               | subscriptionAction: none does not go with activeStatus
        {"segment":42,"subscriptionAction":"none"} | {"activeStatus":false}                      | activeStatus: it does not go with the subscriptionAction none
        {"segment":42}                             | {"smsPhoneVariable":3}                      | smsPhoneVariable: createSmsAddons is not true
        {"segment":42}                             | {"replaceTags":true}                        | replaceTags: there are no tagsToAdd
        """)
    void leavesOutADefaultThatDoesNotFit(String sidecar, String defaults, String leftOut) {
        Resolved resolved = resolve(sidecar.replace("}", ",\"clear\":false}"), defaults);
        String key = leftOut.substring(0, leftOut.indexOf(':'));

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.warnings())
                .containsExactly(Problem.in(
                        Code.SIDE_DEFAULT_LEFT_OUT,
                        key,
                        "the drop's default for `" + key + "` was left out" + leftOut.substring(key.length())));
    }

    @Test
    void leavesOutADefaultThatAsksForNothingWithoutAWord() {
        Resolved resolved = resolve("{\"segment\":43,\"clear\":false}", "{\"createSmsAddons\":false,\"tagsToAdd\":[]}");

        assertThat(resolved.warnings()).isEmpty();
        assertThat(resolved.options().from()).containsOnlyKeys(Key.SEGMENT, Key.CLEAR, Key.SUPPRESSION);
    }

    @Test
    void namesAllThatIsWrongInTheOrderOfTheRuleBook() {
        Resolved resolved = OptionRules.resolve(settings("""
            {"segment": 7, "clear": true, "activeStatus": true, "sourceCampaign": 91,
             "subscriptionAction": "none", "replaceTags": true}\
            """), Policies.STRICT, Policies.NONE_NAMED);

        assertThat(resolved.problems())
                .containsExactly(
                        Problem.in(
                                Code.SIDE_CHECKSUM_REQUIRED,
                                "bytes",
                                "expected `bytes` and `sha256` as the proof that the CSV is whole,"
                                        + " found no bytes and no sha256"),
                        Problem.in(
                                Code.POLICY_SEGMENT_FORBIDDEN,
                                "segment",
                                "expected a segment that this drop may import to, found another one"),
                        Problem.in(
                                Code.POLICY_CLEAR_FORBIDDEN,
                                "clear",
                                "expected false for `clear`, since this drop may not empty a segment, found true"),
                        Problem.in(
                                Code.POLICY_TAG_REPLACE_FORBIDDEN,
                                "replaceTags",
                                "expected false for `replaceTags`, since this drop may not replace tags, found true"),
                        Problem.in(
                                Code.POLICY_CAMPAIGN_FORBIDDEN,
                                "sourceCampaign",
                                "expected an id of the drop's list for `sourceCampaign`, found 91"),
                        Problem.in(
                                Code.SIDE_STATUS_WITH_NONE,
                                "subscriptionAction",
                                "expected no `activeStatus` true or false together with the `subscriptionAction` none,"
                                        + " found both"),
                        Problem.in(
                                Code.SIDE_TAG_REPLACE_EMPTY,
                                "tagsToAdd",
                                "expected tag ids in `tagsToAdd` together with `replaceTags` true, found none"),
                        Problem.in(
                                Code.API_FIELD_UNNAMED,
                                "replaceTags",
                                "expected the name of the form field for `replaceTags` in the configuration, found"
                                        + " none; ask operations to set api.field-names.replace-tags"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1"})
    void answersAForbiddenAndAnUnknownSegmentAlike(long one, long other) {
        assertThat(refusal(one)).isEqualTo(refusal(other));
    }

    @Test
    void saysThatAValueIsADefaultOfTheDrop() {
        DropPolicy policy = new DropPolicy(
                Policies.SEGMENTS,
                false,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                RequireProof.NEVER,
                settings("{\"clear\": true}"));

        assertThat(OptionRules.resolve(settings("{\"segment\": 42}"), policy, Policies.NONE_NAMED)
                        .problems())
                .containsExactly(Problem.in(
                        Code.POLICY_CLEAR_FORBIDDEN,
                        "clear",
                        "expected false for `clear`, since this drop may not empty a segment, found true"
                                + " (a default of the drop)"));
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER, true, true",
        "CLEAR, false, true",
        "CLEAR, true, false",
        "ALWAYS, false, false",
        "ALWAYS, true, false"
    })
    void asksForAProofAsTheDropSays(RequireProof proof, boolean clear, boolean ok) {
        String sidecar = "{\"segment\":42,\"clear\":" + clear;
        String both = ",\"bytes\":1,\"sha256\":\"" + "a".repeat(64) + "\"";
        DropPolicy policy = Policies.open(proof, Settings.EMPTY);

        assertThat(OptionRules.resolve(settings(sidecar + "}"), policy, Policies.ALL_NAMED)
                        .ok())
                .isEqualTo(ok);
        assertThat(OptionRules.resolve(settings(sidecar + both + "}"), policy, Policies.ALL_NAMED)
                        .ok())
                .isTrue();
    }

    @Test
    void writesTheSameOptionsAsTheSameText() {
        Options one = resolve(
                        "{\"segment\":42,\"clear\":false,\"tagsToAdd\":[2,1],\"columns\":{\"B\":\"b\",\"A\\\"\":\"a\"},"
                                + "\"activeStatus\":null,\"dryRun\":true,\"requestId\":\"1\",\"rows\":3}",
                        "{}")
                .options();
        Options other = resolve(
                        "{\"columns\":{\"A\\\"\":\"a\",\"B\":\"b\"},\"segment\":42,\"tagsToAdd\":[1,2]}",
                        "{\"clear\":false,\"activeStatus\":null}")
                .options();

        assertThat(one.canonical())
                .isEqualTo("{\"activeStatus\":null,\"clear\":false,\"columns\":{\"A\\\"\":\"a\",\"B\":\"b\"},"
                        + "\"segment\":42,\"tagsToAdd\":[1,2]}")
                .isEqualTo(other.canonical());
    }

    @Test
    void writesASegmentToBeCreatedWhole() {
        Options options = resolve(
                        "{\"segment\":{\"create\":{\"name\":\"A\",\"description\":\"B\",\"publicationId\":7,"
                                + "\"suppression\":\"md5\"}},\"clear\":false}",
                        "{}")
                .options();

        assertThat(options.canonical())
                .isEqualTo("{\"clear\":false,\"segment\":{\"create\":{\"description\":\"B\",\"name\":\"A\","
                        + "\"publicationId\":7,\"suppression\":\"md5\"}},\"suppression\":\"md5\"}");
    }

    private static Object refusal(long segment) {
        return OptionRules.resolve(
                        settings("{\"segment\":" + segment + ",\"clear\":false}"), Policies.OPEN, Policies.ALL_NAMED)
                .problems();
    }

    private static Resolved resolve(String sidecar, String defaults) {
        return OptionRules.resolve(settings(sidecar), Policies.open(settings(defaults)), Policies.ALL_NAMED);
    }

    private static Settings settings(String json) {
        SidecarParser.Parsed parsed = SidecarParser.parse(json.getBytes(UTF_8), "vips.csv");
        assertThat(parsed.problems()).isEmpty();
        return parsed.settings();
    }
}
