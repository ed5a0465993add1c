package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.sandbox.Account;
import io.segmentdrop.sandbox.Fault;
import io.segmentdrop.sandbox.Journal;
import io.segmentdrop.sandbox.Reply;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Act;
import io.segmentdrop.shell.routes.Rig;
import io.segmentdrop.testkit.LedgerBook;
import io.segmentdrop.testkit.Oracle;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Torture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of imports when the API, the key or the network fails: the promises of sending, each with its scenario. */
class DeliveryTest {

    private static final Fault UNAVAILABLE = Fault.answer(503, "{\"message\":\"Service Unavailable\"}");
    private static final Fault CUT_AFTER_THE_BODY = new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.RESET);
    private static final Fault BACK = Fault.redirect("/messages/segments");

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));
    private Rig rig;
    private Path drop;
    private ReceiptReader receipts;

    @BeforeEach
    void start() {
        start(setup -> setup);
    }

    private void start(UnaryOperator<Rig.Setup> with) {
        if (rig != null) {
            rig.close();
        }
        rig = Rig.start(with.apply(Rig.Setup.of(temporary, api)));
        drop = temporary.resolve("acme");
        receipts = new ReceiptReader(drop);
    }

    @AfterEach
    void stop() {
        rig.close();
        api.close();
    }

    @Test
    void an_outage_dead_letters_nothing_and_everything_drains_in_order() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < (Torture.LONG ? 200 : 30); i++) {
            pairs.add(Pair.adds("p" + i + ".csv", 1 + i % 5, "shared@example.com", "p" + i + "@example.com"));
        }
        api.always(head -> true, UNAVAILABLE);
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofHours(3));
        int asked = api.journal().entries().size();
        assertThat(asked)
                .as("three to notice, then probes up to 15 minutes apart")
                .isBetween(10, 60);
        assertThat(rig.rows()).allMatch(row -> row.state() == ImportState.READY);

        api.heal();
        rig.drain(Duration.ofMinutes(20));

        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
        assertThat(api.account().applied()).hasSameSizeAs(pairs);
        assertThat(events())
                .filteredOn(event -> event.startsWith("gate"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("gate closed: api: API_OUTAGE");
    }

    /** What a file does that makes the machine run out of memory, each time. */
    @Test
    void a_check_that_always_ends_with_the_program_is_held() {
        Pair.drop(
                drop, List.of(Pair.adds("poison.csv", 1, "a@example.com"), Pair.adds("other.csv", 2, "b@example.com")));
        rig.scan();
        for (int i = 0; i < 10; i++) {
            rig.imports().checkBegins(rig.row("poison.csv").id());
        }
        rig.drain(Duration.ofHours(1));

        held("poison.csv", Code.INTERNAL_FAULT);
        assertThat(rig.row("other.csv").state()).isEqualTo(ImportState.DELIVERED);
    }

    @Test
    void a_reset_after_the_body_repeats_what_may_be_repeated_and_holds_a_campaign() {
        api.next(CUT_AFTER_THE_BODY, CUT_AFTER_THE_BODY);
        List<Pair> pairs = List.of(
                Pair.adds("people.csv", 1, "a@example.com"),
                Pair.campaign("campaign.csv", 2, "b@example.com"),
                Pair.adds("behind.csv", 2, "c@example.com"));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofHours(1));

        assertThat(rig.row("people.csv").state()).isEqualTo(ImportState.DELIVERED);
        held("campaign.csv", Code.API_IN_DOUBT);
        assertThat(rig.row("behind.csv").state()).isEqualTo(ImportState.READY);
        assertThat(api.journal().imports(1)).hasSize(2);
        assertThat(api.journal().imports(2)).hasSize(1);
        assertThat(api.account().efforts()).isEqualTo(1);
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void a_key_that_expires_in_the_middle_of_a_file_goes_on_there_with_the_new_one() throws IOException {
        Path token = Files.writeString(temporary.resolve("token"), "key\n");
        start(setup -> setup.chunks(1).key(ApiKey.inFile(token)));
        List<Pair> pairs = List.of(Pair.adds("long.csv", 1, Pair.people("a", 6)));
        Pair.drop(drop, pairs);
        rig.scan();
        api.forSegment(1, Fault.NONE, Fault.NONE, Fault.answer(401, "{}"));
        rig.run();
        api.rotate("new");
        rig.drain(Duration.ofHours(3));
        assertThat(rig.row("long.csv").state()).isEqualTo(ImportState.READY);
        assertThat(rig.gates().closed()).singleElement().satisfies(gate -> {
            assertThat(gate.name()).isEqualTo("credential");
            assertThat(gate.code()).isEqualTo(Code.CRED_REJECTED);
        });

        Files.writeString(token, "new\n");
        rig.run();

        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
        assertThat(api.account().applied(1)).hasSize(6);
        assertThat(api.journal().imports(1).stream().filter(Journal.Entry::applied))
                .hasSize(6);
    }

    @Test
    void a_redirect_to_the_login_page_closes_the_gate_of_the_key() {
        api.forSegment(1, Fault.redirect("https://acme.example/login?next=%2F"));
        List<Pair> pairs = List.of(Pair.adds("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com"));
        Pair.drop(drop, pairs);
        rig.run();
        assertThat(rig.gates().closed())
                .singleElement()
                .satisfies(gate -> assertThat(gate.name()).isEqualTo("credential"));
        assertThat(api.journal().entries()).hasSize(1);

        rig.drain(Duration.ofMinutes(30));

        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void another_redirect_is_held_after_three_tries() {
        api.always(head -> head.segment().equals(java.util.Optional.of(1L)), BACK);
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com")));
        rig.drain(Duration.ofHours(1));
        held("a.csv", Code.API_302_FAILURE);
        assertThat(api.journal().imports(1)).hasSize(3);
        assertThat(rig.row("b.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(rig.gates().closed()).isEmpty();
    }

    @Test
    void redirects_in_two_lanes_close_the_gate_and_hold_nobody() {
        api.always(head -> head.segment().isPresent(), BACK);
        List<Pair> pairs = List.of(Pair.adds("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com"));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofHours(6));
        assertThat(rig.rows()).allMatch(row -> row.state() == ImportState.READY);
        assertThat(events().stream().filter(event -> event.startsWith("gate closed: credential")))
                .hasSize(1);

        api.heal();
        rig.drain(Duration.ofHours(1));

        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
        assertThat(events().stream().filter(event -> event.startsWith("gate opened: credential")))
                .hasSize(1);
    }

    @Test
    void one_bad_redirect_holds_one_import_while_others_get_through() {
        api.always(head -> head.segment().filter(id -> id < 3).isPresent(), BACK);
        List<Pair> good = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            good.add(Pair.adds("good" + i + ".csv", 3, "g" + i + "@example.com"));
        }
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com")));
        rig.run();
        for (Pair pair : good) {
            Pair.drop(drop, List.of(pair));
            rig.drain(Duration.ofMinutes(20));
        }
        assertThat(good).allMatch(pair -> rig.row(pair.file()).state() == ImportState.DELIVERED);
        held("a.csv", Code.API_302_FAILURE);
        held("b.csv", Code.API_302_FAILURE);
        assertThat(rig.gates().closed()).isEmpty();
    }

    @Test
    void too_large_is_halved_and_loses_no_row() {
        start(setup -> setup.chunks(4));
        api.forSegment(1, Fault.answer(413, ""), Fault.NONE, Fault.answer(413, ""));
        List<Pair> pairs = List.of(Pair.adds("large.csv", 1, Pair.people("a", 9)));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofMinutes(10));
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
        assertThat(api.account().applied(1).stream().map(Account.Applied::rows))
                .containsExactly(2L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
    }

    @Test
    void too_large_and_clearing_is_held() {
        api.next(Fault.answer(413, ""));
        Pair.drop(drop, List.of(Pair.clears("clear.csv", 1, "a@example.com", "b@example.com")));
        rig.drain(Duration.ofHours(1));
        held("clear.csv", Code.API_TOO_LARGE);
        assertThat(api.journal().imports(1)).hasSize(1);
    }

    @Test
    void retry_after_is_obeyed_in_both_forms() {
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .format(rig.clock().instant().plusSeconds(1200).atZone(ZoneOffset.UTC));
        api.next(throttled("600"), throttled(date));
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com")));
        rig.drain(Duration.ofSeconds(580));
        assertThat(api.journal().entries()).hasSize(1);
        rig.drain(Duration.ofSeconds(580));
        assertThat(api.journal().entries()).hasSize(2);
        assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.READY);
        rig.drain(Duration.ofSeconds(100));
        assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(rig.gates().closed()).isEmpty();
    }

    private static Fault throttled(String after) {
        return new Fault.Answered(
                Fault.Effect.NOT_APPLIED, Reply.json(429, "{}").with("Retry-After", after));
    }

    @Test
    void a_failed_campaign_effort_is_held_after_three_tries() {
        api.always(
                head -> head.segment().isPresent(),
                Fault.answer(500, "{\"error\":true,\"message\":\"Campaign effort creation failed\"}"));
        Pair.drop(drop, List.of(Pair.campaign("c.csv", 1, "a@example.com")));
        rig.drain(Duration.ofHours(1));
        held("c.csv", Code.API_CAMPAIGN_EFFORT_FAILED);
        assertThat(api.journal().imports(1)).hasSize(3);
    }

    @Test
    void a_chunk_that_keeps_failing_while_others_get_through_is_given_up() {
        api.always(
                head -> head.segment().equals(java.util.Optional.of(1L)),
                Fault.answer(500, "{\"message\":\"Server Error\"}"));
        Pair.drop(drop, List.of(Pair.adds("bad.csv", 1, "a@example.com")));
        for (int i = 0; i < 18; i++) {
            Pair.drop(drop, List.of(Pair.adds("good" + i + ".csv", 2, "g" + i + "@example.com")));
            rig.drain(Duration.ofMinutes(10));
        }
        ImportRow bad = rig.row("bad.csv");
        assertThat(bad.state()).isEqualTo(ImportState.UNDELIVERABLE);
        assertThat(bad.code()).isEqualTo(Code.GAVE_UP);
        assertThat(chunk(bad).failures()).isPositive();
        assertThat(rig.rows().stream().filter(row -> row.state() == ImportState.DELIVERED))
                .hasSize(18);
    }

    @Test
    void a_lane_that_hangs_slows_no_other() {
        api.forSegment(1, new Fault.Unanswered(Fault.Effect.APPLIED, Fault.Manner.STALL));
        List<Pair> pairs = List.of(
                Pair.adds("hangs.csv", 1, "a@example.com"),
                Pair.adds("behind.csv", 1, "b@example.com"),
                Pair.adds("other.csv", 2, "c@example.com"),
                Pair.campaign("third.csv", 3, "d@example.com"));
        Pair.drop(drop, pairs);
        rig.scan();
        rig.check();
        CompletableFuture<Boolean> hanging = CompletableFuture.supplyAsync(rig::sendOne);
        await().until(() -> api.stalled() == 1);

        rig.run();

        assertThat(rig.row("other.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(rig.row("third.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(rig.row("behind.csv").state()).isEqualTo(ImportState.READY);
        assertThat(api.journal().imports(1)).hasSize(1);
        api.release();
        assertThat(hanging.join()).isTrue();
        rig.run();
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void a_clear_in_doubt_shuts_its_lane_and_is_repeated_once() {
        api.forSegment(1, CUT_AFTER_THE_BODY);
        List<Pair> pairs =
                List.of(Pair.clears("clear.csv", 1, "a@example.com"), Pair.adds("behind.csv", 1, "b@example.com"));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofMinutes(14));
        assertThat(api.journal().imports(1)).hasSize(1);
        rig.drain(Duration.ofMinutes(2));
        assertThat(api.journal().imports(1)).hasSize(3);
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void a_clear_in_doubt_twice_is_held() {
        api.forSegment(1, CUT_AFTER_THE_BODY, CUT_AFTER_THE_BODY);
        Pair.drop(
                drop,
                List.of(Pair.clears("clear.csv", 1, "a@example.com"), Pair.adds("behind.csv", 1, "b@example.com")));
        rig.drain(Duration.ofHours(5));
        held("clear.csv", Code.API_IN_DOUBT);
        assertThat(api.journal().imports(1)).hasSize(2);
        assertThat(rig.row("behind.csv").state()).isEqualTo(ImportState.READY);
    }

    @Test
    void the_same_again_is_a_duplicate_but_not_when_something_went_in_between() {
        Pair a = Pair.adds("a.csv", 1, "a@example.com");
        Pair b = Pair.adds("b.csv", 1, "a@example.com");
        again(a, "a1.csv");
        again(a, "a2.csv");
        again(b, "b1.csv");
        again(a, "a3.csv");
        assertThat(rig.rows())
                .extracting(ImportRow::state)
                .containsExactly(
                        ImportState.DELIVERED, ImportState.DUPLICATE, ImportState.DELIVERED, ImportState.DELIVERED);
        assertThat(api.account().members(1))
                .hasEntrySatisfying(
                        "a@example.com", columns -> assertThat(columns).containsEntry("varr_from", "a.csv"));
    }

    @Test
    void the_same_again_is_sent_when_a_part_of_another_went_in_between() {
        start(setup -> setup.chunks(1));
        Pair a = Pair.adds("a.csv", 1, "a@example.com");
        again(a, "a1.csv");
        api.forSegment(1, Fault.NONE, Fault.answer(422, "{}"));
        again(Pair.adds("b.csv", 1, "a@example.com", "b@example.com"), "b1.csv");
        again(a, "a2.csv");
        assertThat(rig.rows())
                .extracting(ImportRow::state)
                .containsExactly(ImportState.DELIVERED, ImportState.UNDELIVERABLE, ImportState.DELIVERED);
    }

    private void again(Pair pair, String name) {
        Pair.whole(drop, name, pair.csv(), rig.clock().instant());
        Pair.whole(drop, name + ".json", pair.sidecar(), rig.clock().instant());
        rig.drain(Duration.ofMinutes(1));
    }

    @Test
    void a_request_id_is_good_for_one_content() {
        Pair a = Pair.adds("a.csv", 1, "a@example.com").saying("\"requestId\": \"r-1\"");
        again(a, "a1.csv");
        again(Pair.adds("b.csv", 2, "b@example.com"), "b.csv");
        again(a, "a2.csv");
        again(Pair.adds("c.csv", 1, "c@example.com").saying("\"requestId\": \"r-1\""), "c.csv");
        assertThat(rig.row("a2.csv").code()).isEqualTo(Code.DUPLICATE_REQUEST);
        assertThat(rig.row("a2.csv").state()).isEqualTo(ImportState.DUPLICATE);
        assertThat(rig.row("c.csv").code()).isEqualTo(Code.REQUEST_ID_REUSED);
        assertThat(rig.row("c.csv").state()).isEqualTo(ImportState.REJECTED);
        assertThat(api.account().applied(1)).hasSize(1);
    }

    @Test
    void a_clear_that_brings_far_fewer_is_held() {
        again(Pair.clears("many.csv", 1, Pair.people("a", 10)), "many.csv");
        again(Pair.clears("few.csv", 1, Pair.people("b", 4)), "few.csv");
        held("few.csv", Code.CLEAR_SHRINK_GUARD);
        assertThat(api.account().size(1)).isEqualTo(10);
    }

    @Test
    void a_segment_is_created_once() {
        raw("one.csv", "email\na@example.com\n", CREATE);
        rig.run();
        raw("two.csv", "email\nb@example.com\n", CREATE);
        rig.drain(Duration.ofMinutes(5));
        assertThat(rig.rows()).extracting(ImportRow::state).containsOnly(ImportState.DELIVERED);
        assertThat(api.account().segments()).hasSize(1);
        assertThat(api.account().size(api.account().segments().getFirst().id())).isEqualTo(2);
    }

    @Test
    void a_creation_in_doubt_is_held_and_not_repeated() {
        api.always(head -> head.target().endsWith("/messages/segments"), CUT_AFTER_THE_BODY);
        raw("one.csv", "email\na@example.com\n", CREATE);
        rig.drain(Duration.ofHours(1));
        held("one.csv", Code.CREATE_IN_DOUBT);
        assertThat(api.account().segments()).hasSize(1);
    }

    private static final String CREATE = "{\"segment\": {\"create\": {\"name\": \"VIPs\", \"description\": \"d\","
            + " \"publicationId\": 7}}, \"clear\": false, \"bytes\": 20}";

    private void raw(String name, String csv, String sidecar) {
        Pair.whole(drop, name, csv, rig.clock().instant());
        Pair.whole(drop, name + ".json", sidecar, rig.clock().instant());
    }

    @Test
    void a_campaign_is_never_the_probe() {
        api.always(head -> true, UNAVAILABLE);
        List<Pair> pairs = List.of(Pair.campaign("c.csv", 1, "a@example.com"));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofHours(4));
        assertThat(api.journal().imports(1)).hasSize(3);
        assertThat(api.journal().entries())
                .filteredOn(entry -> entry.method().equals("GET"))
                .hasSizeGreaterThan(5);
        assertThat(rig.row("c.csv").state()).isEqualTo(ImportState.READY);

        api.heal();
        rig.drain(Duration.ofMinutes(20));
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void what_is_no_longer_allowed_is_held() {
        api.always(head -> true, UNAVAILABLE);
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com")));
        rig.run();
        api.heal();
        start(DeliveryTest::nothingAllowed);
        rig.clock().advance(Duration.ofHours(1));
        rig.drain(Duration.ofHours(1));
        held("a.csv", Code.POLICY_CHANGED);
        assertThat(api.account().applied()).isEmpty();
    }

    private static Rig.Setup nothingAllowed(Rig.Setup setup) {
        return setup.policy(policy -> new DropPolicy(
                List.of(),
                false,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                DropPolicy.RequireProof.NEVER,
                policy.defaults()));
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE", "ACCEPT"})
    void a_person_lets_pass_a_guard_and_never_the_policy(Act act) {
        api.forSegment(1, Fault.NONE, Fault.answer(404, "{}"));
        start(setup -> setup.chunks(1));
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com", "b@example.com", "c@example.com")));
        rig.drain(Duration.ofMinutes(1));
        held("a.csv", Code.SEG_NOT_FOUND);
        String id = rig.row("a.csv").id();
        start(setup -> nothingAllowed(setup.chunks(1)));

        assertThat(rig.acting().carryOut(act, id, Set.of(), "alice"))
                .isEqualTo(new Decision.Refused(
                        "what drop acme allows today",
                        "POLICY_SEGMENT_FORBIDDEN (segment): the drop may not import to this segment",
                        "allow it in segment-drop.drops.acme.segments (id 1) and restart, or discard the import"));
        held("a.csv", Code.SEG_NOT_FOUND);

        start(setup -> setup.chunks(1));
        assertThat(rig.acting().carryOut(act, id, Set.of(), "alice")).isInstanceOf(Decision.Done.class);
        start(setup -> nothingAllowed(setup.chunks(1)));
        rig.drain(Duration.ofMinutes(1));
        held("a.csv", Code.POLICY_CHANGED);
        assertThat(api.account().applied()).hasSize(1);
    }

    @Test
    void what_is_known_to_be_there_is_accepted_whatever_the_policy() {
        api.forSegment(1, CUT_AFTER_THE_BODY);
        Pair.drop(drop, List.of(Pair.campaign("a.csv", 1, "a@example.com")));
        rig.drain(Duration.ofMinutes(1));
        held("a.csv", Code.API_IN_DOUBT);
        start(DeliveryTest::nothingAllowed);

        assertThat(rig.acting().carryOut(Act.ACCEPT, rig.row("a.csv").id(), Set.of(), "alice"))
                .isInstanceOf(Decision.Done.class);
        assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
    }

    @Test
    void what_the_ledger_forgot_is_told_shown_and_replayed() throws IOException {
        api.refuse();
        List<Pair> pairs = List.of(Pair.campaign("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com"));
        Pair.drop(drop, pairs);
        rig.drain(Duration.ofMinutes(2));
        assertThat(receipts.now("a.csv").orElseThrow().path("state").asText()).isEqualTo("waiting");
        rig.close();
        for (String name : List.of("ledger.db", "installation")) {
            Files.delete(temporary.resolve("home").resolve(name));
        }
        api.accept();
        start(setup -> setup);
        rig.drain(Duration.ofMinutes(2));

        assertThat(api.account().applied()).isEmpty();
        for (Pair pair : pairs) {
            ImportRow row = rig.row(pair.file());
            assertThat(row.code()).isEqualTo(Code.LEDGER_UNKNOWN);
            assertThat(temporary.resolve("home/dead-letter/acme").resolve(row.id()))
                    .isDirectoryContaining("glob:**/source.csv")
                    .isDirectoryContaining("glob:**/reason.json");
            assertThat(receipts.end(pair.file()).path("next").asText())
                    .isEqualTo("operations look whether it was delivered, and send it if it was not; please do not drop"
                            + " the file again meanwhile");
            String replay = replayed(row.id(), Act.REPLAY_REST, Set.of());
            assertThat(rig.imports().get(replay).state()).isEqualTo(ImportState.DELIVERED);
            assertThat(receipts.end(pair.file()).path("state").asText()).isEqualTo("delivered");
        }
        assertThat(api.account().applied()).hasSize(2);
    }

    @Test
    void what_a_later_replay_delivered_is_sent_again_only_by_name() {
        api.forSegment(1, Fault.answer(422, "{}"), Fault.answer(422, "{}"));
        Pair.drop(drop, List.of(Pair.campaign("a.csv", 1, "a@example.com")));
        rig.drain(Duration.ofMinutes(1));
        String first = rig.row("a.csv").id();
        String second = replayed(first, Act.REPLAY_REST, Set.of());
        assertThat(rig.imports().get(second).state()).isEqualTo(ImportState.UNDELIVERABLE);
        String third = replayed(second, Act.REPLAY_REST, Set.of());
        assertThat(rig.imports().get(third).state()).isEqualTo(ImportState.DELIVERED);

        Decision.Refused refused = new Decision.Refused(
                "rows that no later replay has delivered",
                "import " + third + ", which delivered them",
                "{\"what\": \"all\", \"confirm\": \"" + third + "\"} sends every chunk again",
                third);
        for (Act act : List.of(Act.REPLAY_REST, Act.REPLAY_ALL)) {
            assertThat(rig.acting().carryOut(act, first, Set.of(), "alice")).isEqualTo(refused);
            assertThat(rig.acting().carryOut(act, first, Set.of(second), "alice"))
                    .isEqualTo(refused);
        }
        assertThat(rig.acting().carryOut(Act.REPLAY_REST, first, Set.of(third), "alice"))
                .isEqualTo(refused);
        assertThat(rig.acting().deliveredBy(rig.imports().get(first)).map(ImportRow::id))
                .contains(third);
        assertThat(rig.acting().deliveredBy(rig.imports().get(third))).isEmpty();
        assertThat(replayed(second, Act.REPLAY_REST, Set.of()))
                .as("the same request again")
                .isEqualTo(third);
        assertThat(api.account().efforts()).isEqualTo(1);

        String fourth = replayed(first, Act.REPLAY_ALL, Set.of(third));
        assertThat(rig.imports().get(fourth).state()).isEqualTo(ImportState.DELIVERED);
        assertThat(replayed(first, Act.REPLAY_ALL, Set.of(third)))
                .as("the same request again")
                .isEqualTo(fourth);
        assertThat(rig.acting().carryOut(Act.REPLAY_ALL, second, Set.of(), "alice"))
                .as("a replay of what it replayed delivered its rows, too")
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        again -> assertThat(again.deliveredBy()).isEqualTo(fourth));
        assertThat(api.account().efforts()).isEqualTo(2);
    }

    private String replayed(String id, Act act, Set<String> confirmed) {
        Decision decision = rig.acting().carryOut(act, id, confirmed, "alice");
        assertThat(decision).isInstanceOf(Decision.Done.class);
        rig.drain(Duration.ofMinutes(1));
        return ((Decision.Done) decision).row().id();
    }

    @Test
    void a_program_that_ends_begins_nothing() {
        List<Pair> pairs = List.of(Pair.campaign("c.csv", 1, "a@example.com"));
        Pair.drop(drop, pairs);
        rig.scan();
        rig.check();
        rig.end();
        rig.run();
        assertThat(api.journal().entries()).isEmpty();
        assertThat(rig.row("c.csv").state()).isEqualTo(ImportState.READY);
        start(setup -> setup);
        rig.drain(Duration.ofMinutes(5));
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
        assertThat(api.account().efforts()).isEqualTo(1);
    }

    @Test
    void a_program_that_ends_cuts_off_a_check() {
        List<Pair> pairs = List.of(Pair.adds("a.csv", 1, "a@example.com"));
        Pair.drop(drop, pairs);
        rig.scan();
        rig.end();
        rig.check();
        assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.TAKEN);
        assertThat(rig.row("a.csv").checks()).isZero();
        start(setup -> setup);
        rig.drain(Duration.ofMinutes(5));
        assertThat(Oracle.violations(rig.setup().home(), drop, pairs, api)).isEmpty();
    }

    @Test
    void a_key_that_cannot_be_sent_is_told_until_it_can() throws IOException {
        Path token = temporary.resolve("token");
        start(setup -> setup.key(ApiKey.inFile(token)));
        Pair.drop(drop, List.of(Pair.adds("a.csv", 1, "a@example.com")));
        rig.drain(Duration.ofMinutes(1));
        Files.writeString(token, "Bearer key\n");
        rig.drain(Duration.ofMinutes(1));
        assertThat(rig.gates().find(Gates.CREDENTIAL).orElseThrow().reason())
                .isEqualTo("expected the API key alone in the file of api.token-file, found the word Bearer or"
                        + " Authorization in front of it, which is added when it is sent.");
        Files.writeString(token, "\"key\"");
        rig.drain(Duration.ofMinutes(1));
        assertThat(events())
                .filteredOn(event -> event.startsWith("gate closed: credential: CRED_MISSING"))
                .extracting(event -> event.replaceFirst(".*, found ", ""))
                .hasSize(3)
                .satisfies(found -> assertThat(found.get(0)).startsWith("no such file"))
                .satisfies(found -> assertThat(found.get(2)).startsWith("quotes around it"));
        assertThat(api.journal().entries()).isEmpty();

        Files.writeString(token, "\uFEFF key \r\n\r\n");
        rig.drain(Duration.ofMinutes(1));
        assertThat(rig.row("a.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(rig.gates().closed()).isEmpty();
    }

    /** Whatever an import is, it moves with its segment, and nothing that came later goes before it. */
    @Test
    void a_lane_that_is_renamed_takes_along_what_waits_in_it() {
        lanes(Map.of(1L, "old", 2L, "old", 3L, "other"));
        api.next(CUT_AFTER_THE_BODY);
        List<Pair> pairs = List.of(
                Pair.campaign("held.csv", 1, "a@example.com"),
                Pair.adds("third.csv", 3, "b@example.com"),
                Pair.adds("behind.csv", 2, "c@example.com"),
                Pair.adds("again.csv", 1, "d@example.com"));
        Pair.drop(drop, pairs.subList(0, 1));
        rig.drain(Duration.ofMinutes(1));
        held("held.csv", Code.API_IN_DOUBT);
        api.always(head -> true, UNAVAILABLE);
        Pair.drop(drop, pairs.subList(1, 4));
        rig.run();

        lanes(Map.of(1L, "new", 2L, "new", 3L, "new"));
        api.heal();
        rig.drain(Duration.ofHours(2));

        assertThat(rig.rows()).extracting(ImportRow::lane).containsOnly("new");
        held("held.csv", Code.API_IN_DOUBT);
        assertThat(rig.rows().subList(1, 4)).allMatch(row -> row.state() == ImportState.READY);
        assertThat(api.account().applied()).as("the held one alone").hasSize(1);
        assertThat(events()).contains("lane moved: old -> new", "lane moved: other -> new");

        rig.imports()
                .change(
                        rig.row("held.csv").id(),
                        ImportState.DISCARDED,
                        Code.API_IN_DOUBT,
                        "x",
                        "ops",
                        rig.clock().instant());
        rig.drain(Duration.ofHours(2));
        assertThat(api.account().applied().stream().skip(1).map(Account.Applied::segment))
                .containsExactly(3L, 2L, 1L);
    }

    /** A lane that is split: what was delivered moves too, since it says what a duplicate is. */
    @Test
    void a_duplicate_is_one_in_a_renamed_lane_too() {
        lanes(Map.of(1L, "both", 2L, "both"));
        Pair.drop(drop, List.of(Pair.campaign("a.csv", 1, "a@example.com")));
        rig.drain(Duration.ofMinutes(1));

        lanes(Map.of(1L, "one", 2L, "two"));
        Pair again = Pair.campaign("a.csv", 1, "a@example.com");
        again.into(drop, rig.clock().instant());
        rig.drain(Duration.ofMinutes(1));
        assertThat(rig.rows())
                .extracting(ImportRow::state)
                .containsExactly(ImportState.DELIVERED, ImportState.DUPLICATE);
        assertThat(rig.rows()).extracting(ImportRow::lane).containsOnly("one");
        assertThat(api.account().efforts()).isEqualTo(1);
    }

    /** It was in a lane of its own; now a drop names its id. */
    @Test
    void a_segment_that_was_created_comes_into_the_lane_of_its_id() {
        raw("one.csv", "email\na@example.com\n", CREATE);
        rig.drain(Duration.ofMinutes(1));
        long id = api.account().segments().getFirst().id();
        api.always(head -> true, UNAVAILABLE);
        raw("two.csv", "email\nb@example.com\n", CREATE);
        rig.run();
        assertThat(rig.row("two.csv").lane()).isEqualTo("create:acme:VIPs");

        lanes(Map.of(id, "vips"));
        raw("three.csv", "email\nc@example.com\n", CREATE);
        rig.run();
        assertThat(rig.rows()).extracting(ImportRow::lane).containsOnly("vips");
    }

    private void lanes(Map<Long, String> lanes) {
        List<DropPolicy.SegmentPolicy> segments = lanes.entrySet().stream()
                .map(lane -> new DropPolicy.SegmentPolicy(lane.getKey(), null, lane.getValue(), false))
                .toList();
        Rig.Setup before = rig.setup();
        start(setup -> setup.clock(before.clock())
                .policy(policy -> new DropPolicy(
                        segments,
                        policy.allowClear(),
                        policy.allowCreate(),
                        policy.allowSms(),
                        policy.allowTagReplace(),
                        policy.campaigns(),
                        policy.partners(),
                        policy.tags(),
                        policy.columns(),
                        policy.subscriptionOptions(),
                        policy.requireProof(),
                        policy.defaults())));
    }

    private void held(String file, Code code) {
        ImportRow row = rig.row(file);
        assertThat(row.state()).as(String.valueOf(row.reason())).isEqualTo(ImportState.HELD);
        assertThat(row.code()).isEqualTo(code);
    }

    private ChunkRow chunk(ImportRow row) {
        return rig.browse().chunks(row.id()).getFirst();
    }

    private List<String> events() {
        return LedgerBook.of(rig.setup().home()).events();
    }
}
