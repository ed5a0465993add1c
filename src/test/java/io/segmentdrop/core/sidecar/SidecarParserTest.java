package io.segmentdrop.core.sidecar;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.SidecarParser.Parsed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarParserTest {

    @Test
    void readsEachKeyAsItsType() {
        Parsed parsed = parse("""
            {"segment": 100789, "clear": false, "activeStatus": true, "subscriptionAction": "update_only",
             "sourceCampaign": 90, "tagsToAdd": [12, 15, 12], "subscriptionOptions": {"n": 1, "auto_renews": true,
             "started_at": "2026-01-01"}, "columns": {"E-mail": "email", "A": "varr_a"}, "suppression": "md5",
             "bytes": 12, "sha256": "%s", "requestId": "r 1", "file": "vips.csv", "dryRun": 1}\
            """.formatted("AB".repeat(32)));

        assertThat(parsed.problems()).isEmpty();
        Settings settings = parsed.settings();
        assertThat(settings.segment()).isEqualTo(new SegmentRef.Id(100789));
        assertThat(settings.values()).containsEntry(Key.CLEAR, false).containsEntry(Key.DRY_RUN, true);
        assertThat(settings.activeStatus()).isEqualTo(ActiveStatus.ACTIVE);
        assertThat(settings.subscriptionAction()).isEqualTo(SubscriptionAction.UPDATE_ONLY);
        assertThat(settings.number(Key.SOURCE_CAMPAIGN)).isEqualTo(90);
        assertThat(settings.ids(Key.TAGS_TO_ADD)).containsExactly(12L, 15L);
        assertThat(settings.subscriptionOptions())
                .isEqualTo(Map.of("n", 1L, "auto_renews", true, "started_at", "2026-01-01"));
        assertThat(settings.columns().sequencedKeySet()).containsExactly("E-mail", "A");
        assertThat(settings.suppression()).isEqualTo(Suppression.MD5);
        assertThat(settings.text(Key.SHA256)).isEqualTo("ab".repeat(32));
    }

    @Test
    void readsASegmentToBeCreated() {
        Parsed parsed = parse("""
            {"segment": {"create": {"name": "VIPs", "description": "Guests", "publicationId": 7,
             "suppression": "none", "autoResponderId": 3, "redirectUrl": "https://acme.test/"}}}\
            """);

        assertThat(parsed.settings().segment())
                .isEqualTo(new SegmentRef.Create("VIPs", "Guests", 7, Suppression.NONE, 3L, "https://acme.test/"));
    }

    @Test
    void namesAllProblemsAtOnceInTheOrderOfTheKeys() {
        Parsed parsed = parse("""
            {"claer": true, "sourceCampaign": "90", "segment": 42, "subscriptionAction": "None",
             "tagsToAdd": [1, null], "bytes": -1, "segment": 43, "columns": {"A": "email", "B": "EMAIL"}}\
            """);

        assertThat(parsed.problems())
                .containsExactly(
                        Problem.in(
                                Code.SIDE_UNKNOWN_KEY,
                                "claer",
                                "expected a documented key, found `claer`; did you mean `clear`?"),
                        Problem.in(
                                Code.SIDE_WRONG_TYPE,
                                "sourceCampaign",
                                "expected a whole number for `sourceCampaign`, found a text"),
                        Problem.in(
                                Code.SIDE_BAD_ENUM,
                                "subscriptionAction",
                                "expected none, create_only, update_only or create_or_update for `subscriptionAction`,"
                                        + " found another text; did you mean `none`?"),
                        Problem.in(
                                Code.SIDE_WRONG_TYPE,
                                "tagsToAdd",
                                "expected a whole number for element 2 of `tagsToAdd`, found null"),
                        Problem.in(
                                Code.SIDE_OUT_OF_RANGE,
                                "bytes",
                                "expected a whole number from 0 to 999999999999 for `bytes`, found -1"),
                        Problem.in(
                                Code.SIDE_DUPLICATE_KEY,
                                "segment",
                                "expected each key once in the sidecar, found `segment` again"),
                        Problem.in(
                                Code.SIDE_BAD_COLUMNS,
                                "columns",
                                "expected each header that is sent once in `columns`, found `EMAIL` again"));
        assertThat(parsed.settings().values()).containsOnlyKeys(Key.SEGMENT, Key.COLUMNS);
        assertThat(parsed.settings().segment()).isEqualTo(new SegmentRef.Id(42));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"clear": "true"}       | expected true or false for 'clear', found a text
        {"clear": null}         | expected true or false for 'clear', found null
        {"clear": 2}            | expected true or false for 'clear', found a number
        {"activeStatus": "no"}  | expected true, false or null for 'activeStatus', found a text
        {"segment": 1e3}        | expected the id of a segment (a whole number) or an object for 'segment', found a number with a fraction or an exponent
        {"segment": 0}          | expected a whole number from 1 to 9007199254740991 for 'segment', found 0
        {"segment": [42]}       | expected the id of a segment (a whole number) or an object for 'segment', found a list
        {"segment": 12345678901234567890} | expected at most 19 digits for 'segment', found 20
        {"tagsToAdd": 5}        | expected a list of tag ids for 'tagsToAdd', found a number
        {"sha256": "abc"}       | expected 64 hexadecimal digits for 'sha256', found 3 characters
        {"file": "../x.csv"}    | expected the name of the CSV beside it for 'file', found another name
        {"requestId": ""}       | expected 1 to 100 printable ASCII characters for 'requestId', found 0 characters
        {"subscriptionOptions": {"ended_at": "1.2.26"}} | expected a real date, yyyy-MM-dd or yyyy-MM-dd HH:mm:ss, for 'ended_at' in 'subscriptionOptions', found another text
        {"segment": {"create": {"name": "A", "publicationID": 7}}} | expected only name, description, publicationId, suppression, autoResponderId, redirectUrl in 'segment.create', found 'publicationID'; did you mean 'publicationId'?
        {"x-n": [[[[[[[[1]]]]]]]]} | expected at most 8 levels, found more in 'x-n'
        {"a\\u202eb": 1}        | expected a documented key, found a name that cannot be shown
        [1]                     | expected one JSON object, found a list
        {"clear": fals}         | expected JSON, found a fault at line 1, column 11
        {"clear": tru           | expected JSON, found a fault at line 1, column 11
        {"clear":               | expected more JSON, found the end at line 1, column 10; is the upload whole?
        {"clear": true} {       | expected nothing after the object, found more at line 1, column 17
        {'clear': true}         | expected JSON, found a single quote at line 1, column 2
        {/* c */}               | expected JSON, found a comment at line 1, column 2
        <html>                  | expected JSON, found what looks like XML or HTML
        """)
    void saysWhatWasExpectedAndWhatWasFound(String sidecar, String message) {
        assertThat(parse(sidecar).problems().getFirst().message()).isEqualTo(message.replace('\'', '`'));
    }

    @Test
    void tellsOnlyTheFaultOfTheJsonWhereThereIsOne() {
        Parsed parsed = parse("{\"claer\": true,\n \"clear\": \"no\",\n \"secret\" 7}");

        assertThat(parsed.problems())
                .containsExactly(Problem.of(Code.SIDE_MALFORMED, "expected JSON, found a fault at line 3, column 11"));
        assertThat(parsed.settings()).isEqualTo(Settings.EMPTY);
    }

    @Test
    void namesTheEncodingThatItFound() {
        assertThat(SidecarParser.parse("{\"segment\":42}".getBytes(UTF_16LE), "vips.csv")
                        .problems())
                .containsExactly(Problem.of(Code.SIDE_NOT_UTF8, "expected UTF-8, found UTF-16"));
        assertThat(SidecarParser.parse(Tables.bytes("{\"file\":\\x0A\"m\\xFCller\"}"), "vips.csv")
                        .problems())
                .containsExactly(
                        Problem.of(Code.SIDE_NOT_UTF8, "expected UTF-8, found a byte in line 2 that cannot be it"));
    }

    @Test
    void takesASidecarOfExactlyTheLargestSize() {
        String note = "{\"segment\":42,\"x-n\":\"%s\"}";
        int room = SidecarParser.MAX_BYTES - note.length() + 2;

        assertThat(parse(note.formatted("a".repeat(room))).problems()).isEmpty();
        assertThat(parse(note.formatted("a".repeat(room + 1))).problems())
                .containsExactly(Problem.of(
                        Code.SIDE_TOO_LARGE, "expected at most 65536 bytes, found more; keep only documented keys"));
    }

    @Test
    void neverRepeatsAValueOrALongKey() {
        String secret = "s3cr3t-of-the-partner";
        String sidecar = """
            {"clear": "%1$s", "sha256": "%1$s", "file": "%1$s", "subscriptionAction": "%1$s", "segment": "%1$s",
             "subscriptionOptions": {"started_at": "%1$s"}, "tagsToAdd": ["%1$s"], "%2$s": 1}\
            """.formatted(secret, secret.repeat(3));

        assertThat(parse(sidecar).problems())
                .hasSize(8)
                .noneMatch(problem -> problem.toString().contains(secret));
    }

    @Test
    void readsDefaultsAsYamlOrPropertiesGiveThem() {
        Parsed typed = SidecarParser.defaults(Map.of(
                "clear",
                false,
                "sourceCampaign",
                90,
                "tagsToAdd",
                List.of(1, 2),
                "subscriptionOptions",
                Map.of("auto_renews", true, "started_at", "2026-01-01")));
        Parsed texts = SidecarParser.defaults(Map.of(
                "clear",
                "false",
                "sourceCampaign",
                "90",
                "tagsToAdd",
                new TreeMap<>(Map.of("0", "1", "1", 2)),
                "subscriptionOptions",
                Map.of("auto_renews", "true", "started_at", "2026-01-01")));

        assertThat(typed.problems()).isEmpty();
        assertThat(texts).isEqualTo(typed);
        assertThat(typed.settings().ids(Key.TAGS_TO_ADD)).containsExactly(1L, 2L);
        assertThat(SidecarParser.defaults(Map.of("activeStatus", "", "tagsToAdd", ""))
                        .settings()
                        .values())
                .isEqualTo(Map.of(Key.ACTIVE_STATUS, ActiveStatus.LEAD, Key.TAGS_TO_ADD, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        clear          | yes  | SIDE_WRONG_TYPE
        clear          | 2    | SIDE_WRONG_TYPE
        sourceCampaign | 90.0 | SIDE_WRONG_TYPE
        sourceCampaign | 0    | SIDE_OUT_OF_RANGE
        tagsToAdd      | 1    | SIDE_WRONG_TYPE
        suppression    | MD5  | SIDE_BAD_ENUM
        claer          | true | SIDE_UNKNOWN_KEY
        segment        | 42   | SIDE_UNKNOWN_KEY
        bytes          | 42   | SIDE_UNKNOWN_KEY
        requestId      | 42   | SIDE_UNKNOWN_KEY
        x-note         | 42   | SIDE_UNKNOWN_KEY
        """)
    void refusesDefaultsThatMakeNoSense(String key, String value, Code code) {
        assertThat(SidecarParser.defaults(Map.of(key, value)).problems())
                .extracting(Problem::code)
                .containsExactly(code);
    }

    @ParameterizedTest
    @CsvSource({
        "claer, clear", "Clear, clear", "' clear', clear", "source_campaign, sourceCampaign", "segmentId, segment",
        "tagToAdd, tagsToAdd", "subscriberTagToRemove, subscriberTagsToRemove", "email, ''", "id, ''", "version, ''"
    })
    void guessesWhatWasMeant(String wrong, String meant) {
        List<String> words = List.of(Key.values()).stream().map(Key::word).toList();

        assertThat(NearMiss.hint(wrong, words)).isEqualTo(meant.isEmpty() ? "" : "; did you mean `" + meant + "`?");
    }

    private static Parsed parse(String sidecar) {
        return SidecarParser.parse(sidecar.getBytes(UTF_8), "vips.csv");
    }
}
