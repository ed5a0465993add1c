package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.RecordingApi;
import io.segmentdrop.testkit.RecordingApi.Request;
import io.segmentdrop.testkit.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is not of our making receives, byte for byte. Each test has a segment, thus a lane, of its own. */
class WireIT {

    @TempDir
    static Path folder;

    private static RecordingApi api;
    private static Server server;

    @BeforeAll
    static void start() {
        api = RecordingApi.start();
        server = Server.start(Server.Setup.ofJar(folder, api.uri())
                .drop(
                        "acme",
                        "[{id: 1}, {id: 2}, {id: 3}, {id: 4}, {id: 5}, {id: 6, suppression: md5}, {id: 7}, {id: 8}]")
                .drop("acme", "allow-clear", "true")
                .drop("acme", "allow-sms", "true")
                .drop("acme", "allow-tag-replace", "true")
                .drop("acme", "require-proof", "never")
                .with("segment-drop.split.max-rows", "3")
                .with("segment-drop.split.max-bytes", "200B")
                .with("segment-drop.api.field-names.create-sms-addons", "sms_addons")
                .with("segment-drop.api.field-names.sms-phone-variable", "sms_phone")
                .with("segment-drop.api.field-names.send-sms-confirmation", "sms_confirm")
                .with("segment-drop.api.field-names.suppress-funnel-events", "no_funnels")
                .with("segment-drop.api.field-names.replace-tags", "replace_tags")
                .with("segment-drop.api.field-names.replace-subscriber-tags", "replace_subscriber_tags"));
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
    }

    private static List<Request> delivered(String name, String csv, String sidecar, long segment) {
        new Dropper(server.drop("acme")).pair(name, csv, sidecar);
        assertThat(new ReceiptReader(server.drop("acme"))
                        .end(name)
                        .path("state")
                        .asText())
                .isEqualTo("delivered");
        assertThat(api.requests())
                .as("nothing but imports is asked")
                .allSatisfy(request -> assertThat(request.path()).matches("/api/3\\.2/messages/segments/[1-8]/import"));
        return api.imports(segment);
    }

    @Test
    void every_kind_of_option() {
        List<Request> requests = delivered("options.csv", "email,varr_firstname\nann@example.com,Ann\n", """
            {"segment": 1, "clear": false, "activeStatus": true, "subscriptionAction": "create_or_update",
             "sourceCampaign": 90, "sourcePartner": 7, "tagsToAdd": [12, 3], "tagsToRemove": [4],
             "subscriberTagsToAdd": [5], "subscriberTagsToRemove": [6, 7], "createSmsAddons": true,
             "smsPhoneVariable": 8, "sendSmsConfirmation": true, "suppressFunnelEvents": true,
             "subscriptionOptions": {"started_at": "2026-01-02", "auto_renews": true, "count": 12},
             "requestId": "r-1", "file": "options.csv", "rows": 1, "x-note": "ours alone"}\
            """, 1);

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().method()).isEqualTo("POST");
        assertThat(requests.getFirst().readable()).isEqualTo(form("""
            clear=0
            activeStatus=1
            subscriptionAction=create_or_update
            sourceCampaign=90
            sourcePartner=7
            tagsToAdd[]=12
            tagsToAdd[]=3
            tagsToRemove[]=4
            subscriberTagsToAdd[]=5
            subscriberTagsToRemove[]=6
            subscriberTagsToRemove[]=7
            sms_addons=1
            sms_phone=8
            sms_confirm=1
            no_funnels=1
            subscriptionOptions[auto_renews]=1
            subscriptionOptions[count]=12
            subscriptionOptions[started_at]=2026-01-02
            """, "email,varr_firstname\nann@example.com,Ann\n"));
    }

    @Test
    void a_lead_and_replaced_tags() {
        List<Request> requests = delivered("lead.csv", "email\nlee@example.com\n", """
            {"segment": 2, "clear": true, "activeStatus": null, "subscriptionAction": "update_only",
             "tagsToAdd": [1], "replaceTags": true, "subscriberTagsToAdd": [2], "replaceSubscriberTags": true,
             "suppressFunnelEvents": false}\
            """, 2);

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().readable()).isEqualTo(form("""
            clear=1
            subscriptionAction=update_only
            tagsToAdd[]=1
            subscriberTagsToAdd[]=2
            replace_tags=1
            replace_subscriber_tags=1
            """, "email\nlee@example.com\n"));
    }

    @Test
    void the_head_of_a_request() {
        Request request = delivered("head.csv", "email\nhead@example.com\n", Dropper.sidecar(3), 3)
                .getFirst();

        assertThat(request.headers())
                .containsOnlyKeys("Host", "Content-length", "Content-type", "Authorization", "Accept", "Connection");
        assertThat(request.header("host")).isEqualTo(api.uri().getAuthority());
        assertThat(request.header("content-length"))
                .isEqualTo(String.valueOf(request.body().length()));
        assertThat(request.header("content-type")).matches("multipart/form-data; boundary=[0-9a-f]{32}");
        assertThat(request.header("authorization")).isEqualTo("Bearer key");
        assertThat(request.header("accept")).isEqualTo("application/json");
        assertThat(request.header("connection")).isEqualTo("close");
    }

    @Test
    void header_and_rows_are_normalised() {
        String messy = "\uFEFF\"E-mail\" , First Name ,Tag-Add,VARR_City\r\n"
                + "ann@example.com,  Ann  , \"VIP,News\" ,K\u00F6ln\r\n"
                + " bob@example.com ,\"B\"\"ob\r\nB.\",,=1+1\r\n";

        List<Request> requests = delivered("messy.csv", messy, """
            {"segment": 4, "clear": false, "columns": {"E-mail": "email", "First Name": "varr_firstname"}}\
            """, 4);

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().csv())
                .isEqualTo("email,varr_firstname,tag-add,varr_city\n"
                        + "ann@example.com,  Ann  ,\"VIP,News\",K\u00F6ln\n"
                        + "bob@example.com,\"B\"\"ob\r\nB.\",,=1+1\n");
    }

    @Test
    void one_request_for_each_chunk_in_order() {
        String csv = Dropper.csv("chunks", 10);

        List<Request> requests = delivered("chunks.csv", csv, Dropper.sidecar(5), 5);

        List<String> rows = csv.lines().skip(1).toList();
        assertThat(requests)
                .extracting(Request::csv)
                .containsExactly(chunk(rows, 0, 3), chunk(rows, 3, 6), chunk(rows, 6, 9), chunk(rows, 9, 10));
        assertThat(requests).extracting(Request::boundary).doesNotHaveDuplicates();
    }

    private static String chunk(List<String> rows, int from, int to) {
        return "email\n" + String.join("\n", rows.subList(from, to)) + "\n";
    }

    @Test
    void a_clearing_import_is_never_split() {
        String csv = Dropper.csv("clearing", 10);

        List<Request> requests = delivered("clearing.csv", csv, "{\"segment\": 7, \"clear\": true}", 7);

        assertThat(requests).extracting(Request::csv).containsExactly(csv);
        assertThat(requests.getFirst().readable()).contains("name=\"clear\"~\n~\n1~\n");
    }

    @Test
    void chunks_are_cut_by_bytes_too() {
        String name = "x".repeat(60);
        String csv = "email\n"
                + IntStream.range(0, 5)
                        .mapToObj(i -> name + i + "@example.com\n")
                        .reduce("", String::concat);

        List<Request> requests = delivered("bytes.csv", csv, Dropper.sidecar(8), 8);

        assertThat(requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.csv().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(200));
        assertThat(requests.stream().map(request -> request.csv().substring(6)).reduce("email\n", String::concat))
                .isEqualTo(csv);
    }

    @Test
    void addresses_to_be_hashed_here_never_leave() {
        List<Request> requests = delivered(
                "hashed.csv",
                "email\n Ann@Example.com \n",
                "{\"segment\": 6, \"clear\": false, \"suppression\": \"md5\", \"hash\": true}",
                6);

        // echo -n ann@example.com | md5sum
        assertThat(requests).extracting(Request::csv).containsExactly("email\n257c57037d384ae37ea27a07e8a01665\n");
    }

    private static String form(String fields, String csv) {
        StringBuilder form = new StringBuilder();
        fields.lines().forEach(field -> {
            int equals = field.indexOf('=');
            form.append("--BOUNDARY~\nContent-Disposition: form-data; name=\"")
                    .append(field, 0, equals)
                    .append("\"~\n~\n")
                    .append(field, equals + 1, field.length())
                    .append("~\n");
        });
        return form.append("--BOUNDARY~\nContent-Disposition: form-data; name=\"file\"; filename=\"import.csv\"~\n")
                .append("Content-Type: text/csv~\n~\n")
                .append(csv)
                .append("~\n--BOUNDARY--~\n")
                .toString();
    }
}
