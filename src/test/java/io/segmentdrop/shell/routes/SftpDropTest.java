package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.camel.Limits;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.FaultySftp;
import io.segmentdrop.testkit.FaultySftp.At;
import io.segmentdrop.testkit.ReceiptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One SFTP drop, against a real server that may be told to misbehave. */
class SftpDropTest {

    @TempDir
    Path folder;

    private final StandInApi api =
            StandInApi.start(new StandInApi.Setup(0, "key", io.segmentdrop.sandbox.Members.KEPT));
    private FaultySftp server;
    private Path out;
    private SftpRig rig;

    @BeforeEach
    void start() throws IOException {
        server = FaultySftp.start(folder.resolve("server"));
        out = Files.createDirectories(server.root().resolve("out"));
        rig = new SftpRig(folder, api, server);
    }

    @AfterEach
    void stop() {
        rig.close();
        server.close();
        api.close();
    }

    private void drop(String name) {
        String csv = Dropper.csv(name, 3);
        new Dropper(out).pair(name, csv, Dropper.proving(1, csv));
    }

    @Test
    void a_pair_is_delivered_and_removed_and_its_receipt_lies_on_the_server() {
        drop("vips.csv");

        rig.settle();

        assertThat(rig.imports())
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isEqualTo(ImportState.DELIVERED));
        assertThat(new Dropper(out).isGone("vips.csv")).isTrue();
        assertThat(new Dropper(out).isGone("vips.csv.json")).isTrue();
        assertThat(new ReceiptReader(out).end("vips.csv").path("state").asText())
                .isEqualTo("delivered");
        assertThat(rig.sight().closed()).isNull();
    }

    private void half(String name) throws IOException {
        String csv = Dropper.csv(name, 1000);
        new Dropper(out).whole(name + ".json", Dropper.proving(1, csv));
        new Dropper(out).whole(name, csv.substring(0, csv.length() / 2));
    }

    private List<String> waiting() {
        return rig.sight().waiting().stream()
                .map(one -> one.name() + " " + one.why())
                .toList();
    }

    private long delivered() {
        return rig.imports().stream()
                .filter(row -> row.state() == ImportState.DELIVERED)
                .count();
    }

    private void again(Limits limits, boolean keep, Disk disk) {
        rig.close();
        rig = new SftpRig(folder, api, server, limits, keep, disk);
    }

    @Test
    void a_pair_without_a_proof_settles_on_the_server_first() {
        new Dropper(out).pair("plain.csv", Dropper.csv("plain", 2), Dropper.sidecar(1));

        rig.round();
        rig.clock().advance(Duration.ofMillis(1900));
        rig.round();
        assertThat(waiting()).containsExactly("plain.csv WAIT_SETTLE");

        rig.settle();
        rig.settle();
        assertThat(delivered()).isOne();
    }

    @Test
    void half_a_file_waits_to_be_seen_and_is_not_downloaded() throws IOException {
        half("half.csv");

        rig.settle();

        assertThat(waiting()).containsExactly("half.csv WAIT_PROOF");
        int reads = server.asked(At.READ);
        assertThat(reads).as("reads: the sidecar, on to its end").isBetween(1, 3);
        rig.settle();
        assertThat(server.asked(At.READ)).as("and once").isEqualTo(reads);

        String whole = Dropper.csv("half.csv", 1000);
        new Dropper(out).piece("half.csv", whole.substring(whole.length() / 2));
        rig.settle();
        assertThat(delivered()).isOne();
    }

    @Test
    void a_file_that_does_not_have_its_sha256_is_downloaded_once_for_each_listing() throws IOException {
        String csv = Dropper.csv("wrong", 3);
        new Dropper(out).whole("wrong.csv", csv.replace("wrong-1", "wrong-9"));
        new Dropper(out).whole("wrong.csv.json", Dropper.proving(1, csv));

        rig.settle();
        int reads = server.asked(At.READ);
        rig.settle().settle();

        assertThat(server.asked(At.READ)).isEqualTo(reads);
        assertThat(waiting()).containsExactly("wrong.csv WAIT_PROOF");
        assertThat(rig.spool()).isEmptyDirectory();

        Files.delete(out.resolve("wrong.csv"));
        new Dropper(out).whole("wrong.csv", csv);
        Files.setLastModifiedTime(out.resolve("wrong.csv"), java.nio.file.attribute.FileTime.fromMillis(1000));
        rig.settle();
        assertThat(delivered()).isOne();
    }

    @Test
    void a_lone_file_becomes_a_dead_letter_when_it_is_too_old_and_says_so_on_the_server() throws IOException {
        new Dropper(out).whole("lone.csv", Dropper.csv("lone", 1));
        Files.setLastModifiedTime(out.resolve("lone.csv"), java.nio.file.attribute.FileTime.fromMillis(1000));
        rig.settle();
        assertThat(waiting()).as("an old mtime is the sender's word").containsExactly("lone.csv WAIT_SIDECAR");

        rig.clock().advance(Duration.ofHours(24));
        rig.settle();
        rig.clock().advance(Duration.ofHours(24));
        rig.settle().settle();

        assertThat(new ReceiptReader(out).end("lone.csv").path("state").asText())
                .isEqualTo("rejected");
        assertThat(new Dropper(out).isGone("lone.csv")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"REMOVE, false, removed", "RENAME, true, moved to taken/"})
    void a_server_that_refuses_the_removal_is_told_in_health_and_the_pair_is_imported_once(
            At at, boolean keep, String words) {
        again(
                new Limits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)),
                keep,
                new Disk());
        drop("stays.csv");
        server.refuses(at);

        rig.settle().later().later();
        again(
                new Limits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)),
                keep,
                new Disk());
        rig.settle().later();

        assertThat(rig.imports()).hasSize(1);
        assertThat(delivered()).isOne();
        // where a rename is refused, receipts cannot be given their names either
        assertThat(rig.board().notes("acme"))
                .filteredOn(note -> note.code() == Code.SRC_NOT_REMOVABLE)
                .singleElement()
                .satisfies(
                        note -> assertThat(note.reason()).contains("stays.csv").contains(words));
        assertThat(rig.sight().closed()).isNull();

        server.behaves();
        rig.later();
        assertThat(new Dropper(out).isGone("stays.csv")).isTrue();
        assertThat(rig.board().notes("acme")).isEmpty();
    }

    @Test
    void what_is_kept_lies_in_taken_and_nothing_there_is_overwritten() throws IOException {
        again(SftpRig.LIMITS, true, new Disk());
        drop("kept.csv");
        rig.settle();
        drop("kept.csv");
        rig.settle().settle();

        assertThat(rig.imports()).hasSize(2);
        try (var taken = Files.list(out.resolve("taken"))) {
            assertThat(taken.map(file -> file.getFileName().toString().replaceFirst("[0-9]{10,}", "<at>")))
                    .containsExactlyInAnyOrder("kept.csv", "kept.csv.json", "kept.csv.<at>", "kept.csv.json.<at>");
        }
    }

    @Test
    void a_newer_version_of_a_file_that_could_not_be_removed_is_an_import_of_its_own_and_is_not_removed_unread() {
        drop("again.csv");
        server.refuses(At.REMOVE);
        rig.settle();
        String csv = Dropper.csv("newer", 5);
        new Dropper(out).pair("again.csv", csv, Dropper.proving(1, csv));
        server.behaves();

        rig.later();

        assertThat(rig.imports()).extracting(row -> row.rowsRead()).containsExactly(3L, 5L);
        assertThat(new Dropper(out).isGone("again.csv")).isTrue();
    }

    @Test
    void a_connection_that_ends_in_the_middle_of_a_download_costs_nothing_but_time() throws IOException {
        String csv = Dropper.csv("long", 60_000);
        new Dropper(out).pair("long.csv", csv, Dropper.proving(1, csv));
        server.cutsAfter(500_000);

        rig.settle();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_UNREACHABLE);
        assertThat(rig.imports()).isEmpty();

        server.behaves();
        rig.later();
        assertThat(rig.imports()).hasSize(1);
        assertThat(delivered()).isOne();
        assertThat(rig.sight().closed()).isNull();
    }

    @Test
    void a_server_that_was_away_gets_the_newest_receipt_later_and_nothing_is_sent_again() {
        drop("told.csv");
        rig.round();
        server.stop();
        rig.settle();
        assertThat(delivered()).isOne();
        assertThat(new ReceiptReader(out).now("told.csv")).isEmpty();

        server.restart();
        rig.later();

        assertThat(new ReceiptReader(out)
                        .now("told.csv")
                        .orElseThrow()
                        .path("state")
                        .asText())
                .isEqualTo("delivered");
        assertThat(api.journal().newest(10)).hasSize(1);
        assertThat(rig.imports()).hasSize(1);
    }

    @Test
    void a_server_that_lets_no_receipt_be_written_is_told_in_health() {
        drop("mute.csv");
        server.refuses(At.WRITE);
        rig.settle();
        assertThat(rig.board().notes("acme"))
                .extracting(DropBoard.Note::code)
                .containsExactly(Code.SRC_RECEIPTS_REFUSED);
        assertThat(delivered()).isOne();

        server.behaves();
        rig.later();
        assertThat(new ReceiptReader(out).now("mute.csv")).isPresent();
        assertThat(rig.board().notes("acme")).isEmpty();
    }

    @Test
    void a_link_called_receipts_closes_the_drop() throws IOException {
        Files.createSymbolicLink(out.resolve("receipts"), folder);
        drop("linked.csv");
        rig.settle();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_RECEIPTS_LINK);
        assertThat(rig.imports()).isEmpty();
    }

    @Test
    void a_link_is_neither_followed_nor_removed() throws IOException {
        Path secret = Files.writeString(server.root().resolve("secret.csv"), Dropper.csv("secret", 1));
        Files.createSymbolicLink(out.resolve("link.csv"), secret);
        new Dropper(out).whole("link.csv.json", Dropper.sidecar(1));
        rig.settle();
        assertThat(waiting()).contains("link.csv NAME_NOT_REGULAR_FILE");
        assertThat(server.asked(At.READ)).isZero();
        assertThat(out.resolve("link.csv")).isSymbolicLink();
    }

    @Test
    void a_changed_host_key_closes_the_drop_with_both_fingerprints_until_the_new_one_is_pinned() throws IOException {
        rig.settle();
        String before = server.fingerprint();
        server.restartWithAnotherKey();
        drop("safe.csv");
        int signIns = server.asked(At.SIGN_IN);
        rig.later().later();

        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_HOST_KEY_CHANGED);
        assertThat(rig.sight().reason()).contains(before).contains(server.fingerprint());
        assertThat(server.asked(At.SIGN_IN))
                .as("nothing of the account was sent")
                .isEqualTo(signIns);

        server.pin(folder.resolve("known_hosts"));
        Files.setLastModifiedTime(folder.resolve("known_hosts"), java.nio.file.attribute.FileTime.fromMillis(1000));
        rig.settle();
        assertThat(delivered()).isOne();
    }

    @Test
    void a_host_that_is_not_pinned_is_never_trusted() throws IOException {
        Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.2]" + server.pin().substring(11));
        rig.settle();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_HOST_KEY_UNPINNED);
        assertThat(server.asked(At.SIGN_IN)).isZero();
    }

    @Test
    void a_refused_sign_in_is_tried_twice_and_then_waits_for_a_person() {
        server.refuses(At.SIGN_IN);
        rig.settle().later().later().later();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_AUTH_FAILED);
        assertThat(server.asked(At.SIGN_IN)).isEqualTo(2);

        server.behaves();
        rig.later();
        assertThat(server.asked(At.SIGN_IN)).isEqualTo(2);

        rig.board().resume("acme");
        rig.settle();
        assertThat(rig.sight().closed()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"SIGN_IN, authentication", "LIST, list", "READ, read"})
    void a_server_that_hangs_is_left_after_the_deadline_of_the_phase(At at, String phase) {
        Duration brief = Duration.ofMillis(700);
        again(new Limits(brief, Duration.ofSeconds(5), brief, brief, brief), false, new Disk());
        drop("slow.csv");
        server.hangs(at);
        rig.settle();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_TIMEOUT);
        assertThat(rig.sight().reason()).contains("(" + phase + ")");
    }

    @Test
    void one_session_is_kept_and_is_enough() {
        server.allows(1);
        for (int i = 0; i < 5; i++) {
            drop("one-" + i + ".csv");
            rig.settle();
        }
        assertThat(rig.imports()).hasSize(5);
        assertThat(server.asked(At.SIGN_IN)).isOne();
    }

    private void again(int connections) {
        rig.close();
        rig = new SftpRig(folder, api, server, SftpRig.LIMITS, false, new Disk(), connections);
    }

    @Test
    void several_connections_share_the_names() {
        again(2);
        drop("first.csv");
        rig.settle();
        for (int i = 0; i < 20; i++) {
            drop("shared-" + i + ".csv");
        }
        int reads = server.asked(At.READ);
        rig.poll(1);
        assertThat(server.asked(At.READ) - reads)
                .as("reads of the first one's share")
                .isBetween(3, 19 * 9);
        rig.poll(2);
        assertThat(spooled()).as("files of both").isEqualTo(40);

        rig.settle();
        assertThat(server.asked(At.SIGN_IN)).as("connections").isEqualTo(2);
        assertThat(delivered()).as("each once").isEqualTo(21);
        assertThat(rig.imports()).hasSize(21);
    }

    @Test
    void what_several_connections_fetch_is_taken_in_the_order_of_the_files() throws IOException {
        again(2);
        rig.settle();
        for (int i = 0; i < 12; i++) {
            drop("ordered-" + i + ".csv");
            for (String file : List.of("ordered-" + i + ".csv", "ordered-" + i + ".csv.json")) {
                Files.setLastModifiedTime(
                        out.resolve(file), java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L - 1000L * i));
            }
        }

        rig.poll(1);
        rig.rig().run();
        rig.poll(2);
        rig.settle();

        assertThat(rig.imports())
                .extracting(row -> row.fileName())
                .containsExactlyElementsOf(IntStream.range(0, 12)
                        .mapToObj(i -> "ordered-" + (11 - i) + ".csv")
                        .toList());
    }

    private long spooled() {
        try (Stream<Path> files = Files.list(rig.spool())) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_server_that_takes_one_connection_is_asked_by_one_of_those_that_are_configured() {
        server.allows(1);
        again(3);
        for (int i = 0; i < 5; i++) {
            drop("one-" + i + ".csv");
        }

        rig.settle();

        assertThat(delivered()).isEqualTo(5);
        assertThat(rig.sight().closed()).isNull();
        assertThat(server.connections()).isOne();
    }

    @Test
    void what_a_connection_that_ended_was_to_fetch_is_fetched_by_another() throws IOException {
        again(2);
        drop("first.csv");
        rig.settle();
        for (int i = 0; i < 6; i++) {
            String csv = Dropper.csv("long-" + i, 20_000);
            new Dropper(out).pair("long-" + i + ".csv", csv, Dropper.proving(1, csv));
        }
        server.cutsAfter(500_000);
        rig.settle();

        server.behaves();
        rig.later();
        assertThat(delivered()).isEqualTo(7);
        assertThat(rig.imports()).hasSize(7);
    }

    @Test
    void a_server_that_allows_one_channel_is_asked_one_thing_after_the_other() {
        server.allowsChannels(1);
        for (int i = 0; i < 5; i++) {
            drop("one-" + i + ".csv");
        }

        rig.settle();

        assertThat(delivered()).isEqualTo(5);
        assertThat(server.asked(At.SIGN_IN)).isOne();
    }

    @ParameterizedTest
    @CsvSource({"WRITE", "REMOVE", "RENAME", "MAKE_FOLDER"})
    void a_server_that_hangs_when_it_is_to_change_something_is_left_too(At at) {
        Duration brief = Duration.ofMillis(700);
        again(
                new Limits(brief, Duration.ofSeconds(5), Duration.ofSeconds(5), brief, brief),
                at == At.RENAME,
                new Disk());
        drop("slow.csv");
        server.hangs(at);

        rig.round();
        rig.rig().run();
        rig.clock().advance(Duration.ofMillis(500));
        rig.round();

        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_TIMEOUT);
        assertThat(rig.sight().reason()).contains("(write)");
        assertThat(delivered()).as("what is here goes on").isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "out/below", "with space", "100%25 {{home}}", "a+b&c=d", "stars*", "what%3Fs", "Grüße"})
    void a_folder_may_have_any_name(String path) throws IOException {
        out = Files.createDirectories(
                server.root().resolve(path.replace("%25", "%").replace("%3F", "?")));
        rig.close();
        rig = new SftpRig(folder, api, server, SftpRig.LIMITS, false, new Disk(), 1, path);
        drop("vips.csv");

        rig.settle();

        assertThat(delivered()).isOne();
        assertThat(new ReceiptReader(out).now("vips.csv")).isPresent();
    }

    @Test
    void a_missing_folder_is_told() throws IOException {
        Files.delete(out);
        rig.settle();
        assertThat(rig.sight().closed()).isEqualTo(Code.SRC_DIR_MISSING);
    }
}
