package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInApiTest {

    private static final long SEGMENT = 100789;
    private static final String ROWS =
            "email,varr_firstname\nida@example.com,Ida\nuwe@example.org,\"Uwe, J\u00fcrgen\"\n";

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey(Client.KEY));
    private final Client client = new Client(api);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void accepts_an_import_and_keeps_its_members_in_order() {
        HttpResponse<String> answer = client.send(SEGMENT, Form.adding(ROWS));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"error\":false,\"data\":[],\"message\":\"Import created.\"}");
        assertThat(api.account().members(SEGMENT))
                .containsExactly(
                        entry("ida@example.com", Map.of("varr_firstname", "Ida")),
                        entry("uwe@example.org", Map.of("varr_firstname", "Uwe, J\u00fcrgen")));
    }

    static Stream<Arguments> refused() {
        Form good = Form.adding(ROWS);
        return Stream.of(
                Arguments.of("clear is missing", Form.empty().file(ROWS), 302),
                Arguments.of(
                        "clear as a word", Form.empty().field("clear", "false").file(ROWS), 302),
                Arguments.of("clear twice", good.field("clear", "0"), 302),
                Arguments.of("no file", Form.empty().field("clear", "0"), 302),
                Arguments.of("two files", good.file(ROWS), 302),
                Arguments.of("an empty file", Form.adding(""), 302),
                Arguments.of("email not first", Form.adding("varr_x,email\n1,a@example.com\n"), 302),
                Arguments.of("a mark before email", Form.adding("\ufeffemail\na@example.com\n"), 302),
                Arguments.of("a short row", Form.adding("email,varr_x\na@example.com\n"), 302),
                Arguments.of("a row without an address", Form.adding("email,varr_x\n,1\n"), 302),
                Arguments.of("text after a quote", Form.adding("email,varr_x\na@example.com,\"b\"c\n"), 302),
                Arguments.of("a boolean as a word", good.field("sendSmsConfirmation", "true"), 302),
                Arguments.of("a campaign as a word", good.field("sourceCampaign", "spring"), 302),
                Arguments.of("an unknown status", good.field("activeStatus", "true"), 302),
                Arguments.of("tags without brackets", good.field("tagsToAdd", "1"), 302),
                Arguments.of("a tag that is no id", good.field("tagsToAdd[]", "gold"), 302),
                Arguments.of("options as JSON", good.field("subscriptionOptions", "{}"), 302),
                Arguments.of("an unknown action", good.field("subscriptionAction", "None"), 422),
                Arguments.of(
                        "a status with none",
                        good.field("subscriptionAction", "none").field("activeStatus", "0"),
                        422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, Form form, int status) {
        HttpResponse<String> answer = client.send(SEGMENT, form);

        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().firstValue("Location").isPresent()).isEqualTo(status == 302);
        assertThat(api.account().applied()).isEmpty();
        assertThat(api.journal().imports(SEGMENT))
                .singleElement()
                .satisfies(entry -> assertThat(entry.applied()).isFalse());
    }

    static Stream<Arguments> accepted() {
        Form good = Form.adding(ROWS);
        return Stream.of(
                Arguments.of("a lead in words", good.field("activeStatus", "null")),
                Arguments.of(
                        "null is no status", good.field("activeStatus", "null").field("subscriptionAction", "none")),
                Arguments.of("repeated tags", good.field("tagsToAdd[]", "1").field("tagsToAdd[]", "2")),
                Arguments.of("options", good.field("subscriptionOptions[started_at]", "2026-01-15")),
                Arguments.of("CRLF in the file", Form.adding(ROWS.replace("\n", "\r\n"))),
                Arguments.of("no line end at the end", Form.adding(ROWS.strip())),
                Arguments.of("fields after the file", Form.empty().file(ROWS).field("clear", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String what, Form form) {
        assertThat(client.send(SEGMENT, form).statusCode()).as(what).isEqualTo(201);
    }

    @Test
    void refuses_what_is_no_multipart() {
        HttpResponse<String> answer =
                client.send(SEGMENT, BodyPublishers.ofString("clear=0"), "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).isEqualTo(302);
    }

    @Test
    void refuses_a_wrong_key_and_never_writes_one_down() {
        HttpResponse<String> answer = new Client(api, "other").send(SEGMENT, Form.adding(ROWS));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthenticated.\"}");
        assertThat(api.account().segments()).isEmpty();
        assertThat(api.journal().entries().toString()).doesNotContain("Bearer", "other");
    }

    @Test
    void clear_empties_the_segment_first() {
        client.send(SEGMENT, Form.adding("email\na@example.com\nb@example.com\n"));
        client.send(SEGMENT, Form.adding("email\nc@example.com\na@example.com\n"));
        assertThat(api.account().members(SEGMENT).keySet())
                .containsExactly("a@example.com", "b@example.com", "c@example.com");

        client.send(SEGMENT, Form.empty().field("clear", "1").file("email\nd@example.com\n"));

        assertThat(api.account().members(SEGMENT).keySet()).containsExactly("d@example.com");
        assertThat(api.account().applied(SEGMENT))
                .extracting(Account.Applied::clear, Account.Applied::rows)
                .containsExactly(tuple(false, 2L), tuple(false, 2L), tuple(true, 1L));
    }

    @Test
    void a_later_row_of_an_address_replaces_an_earlier_one() {
        client.send(SEGMENT, Form.adding("email,varr_x\na@example.com,1\na@example.com,2\n"));

        assertThat(api.account().members(SEGMENT)).containsExactly(entry("a@example.com", Map.of("varr_x", "2")));
    }

    @Test
    void counts_campaign_efforts_and_texts() {
        Form campaign = Form.adding(ROWS).field("sourceCampaign", "90");
        client.send(SEGMENT, campaign);
        assertThat(api.account().efforts()).isZero();

        client.send(SEGMENT, campaign.field("activeStatus", "1"));
        client.send(SEGMENT, campaign.field("activeStatus", "1"));
        client.send(SEGMENT, Form.adding(ROWS).field("sendSmsConfirmation", "1"));
        client.send(SEGMENT, Form.adding(ROWS).field("sendSmsConfirmation", "0"));

        assertThat(api.account().efforts()).isEqualTo(2);
        assertThat(api.account().texts()).isEqualTo(2);
    }

    @Test
    void a_suppression_segment_takes_no_status() {
        api.account().define(new Account.Segment(SEGMENT, "Stop", "", "static", "none"));

        assertThat(client.send(SEGMENT, Form.adding(ROWS).field("activeStatus", "1"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(client.send(SEGMENT, Form.adding(ROWS)).statusCode()).isEqualTo(201);
    }

    @Test
    void writes_down_what_came() {
        Form form = Form.adding(ROWS).field("tagsToAdd[]", "1").field("tagsToAdd[]", "2");
        client.send(SEGMENT, form);

        Journal.Entry entry = api.journal().imports(SEGMENT).getFirst();
        assertThat(entry.form().fields())
                .containsExactly(entry("clear", List.of("0")), entry("tagsToAdd[]", List.of("1", "2")));
        assertThat(entry.form().file())
                .isEqualTo(new Upload(
                        "import.csv",
                        "text/csv",
                        ROWS.getBytes(StandardCharsets.UTF_8).length,
                        sha256(ROWS.getBytes(StandardCharsets.UTF_8)),
                        List.of("email", "varr_firstname"),
                        2,
                        List.of(),
                        null));
        assertThat(entry.bytes()).isEqualTo(form.bytes().length);
        assertThat(entry.bodySha256()).isEqualTo(sha256(form.bytes()));
        assertThat(entry.progress()).isEqualTo(Journal.Progress.COMPLETE);
        assertThat(entry.applied()).isTrue();
        assertThat(entry.status()).isEqualTo(201);
    }

    @Test
    void creates_a_segment_and_shows_it() {
        HttpResponse<String> created = client.create("""
            {"name": "June", "description": "All \\"June\\"", "publication_id": 7, "type": "static",
             "is_suppression": true, "suppression_type": "md5"}\
            """);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body())
                .isEqualTo("{\"error\":false,\"message\":\"Created segment.\","
                        + "\"data\":{\"id\":200001,\"name\":\"June\",\"description\":\"All \\\"June\\\"\"}}");
        assertThat(client.look(200001).body()).contains("\"suppression_type\":\"md5\"");
        assertThat(client.look(200002).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{}",
                "{\"name\":\"a\",\"description\":\"\",\"type\":\"static\"}",
                "{\"name\":\"a\",\"description\":\"\",\"publication_id\":1,\"type\":\"static\","
                        + "\"suppression_type\":\"md5\"}"
            })
    void creates_no_segment_from_less(String json) {
        assertThat(client.create(json).statusCode()).isEqualTo(302);
        assertThat(api.account().segments()).isEmpty();
    }

    @Test
    void takes_parallel_imports_whole() {
        List<CompletableFuture<HttpResponse<String>>> sending = IntStream.range(0, 40)
                .mapToObj(i -> client.sending(
                        100 + i % 4, Form.adding("email\na" + i + "@example.com\nb" + i + "@example.com\n")))
                .toList();

        assertThat(sending.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                .containsOnly(201);
        assertThat(IntStream.range(100, 104).mapToLong(api.account()::size)).containsOnly(20L);
        assertThat(api.journal().entries()).extracting(Journal.Entry::number).doesNotHaveDuplicates();
    }

    @Test
    void says_which_port_is_taken() {
        StandInApi.Setup same = StandInApi.Setup.withKey(Client.KEY).on(api.port());

        assertThatThrownBy(() -> StandInApi.start(same))
                .hasMessageEndingWith("the stand-in of the API cannot listen on 127.0.0.1:" + api.port());
    }

    static String sha256(byte[] bytes) {
        Hash hash = new Hash();
        hash.add(bytes, 0, bytes.length);
        return hash.hex();
    }
}
