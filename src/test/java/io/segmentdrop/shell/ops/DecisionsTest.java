package io.segmentdrop.shell.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Manifests;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.routes.HeldException;
import io.segmentdrop.shell.routes.HoldLimit;
import io.segmentdrop.shell.routes.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions and replays where no server is needed: what was never sent, time that passes, and kills. */
class DecisionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private DecisionsLedger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = new DecisionsLedger(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatWasHeldInItsCheckIsCheckedAnew() {
        String id = ledger.taken(null);
        ledger.imports.checkBegins(id);
        ledger.imports.hold(id, Code.INTERNAL_FAULT, "a fault", ledger.now());

        ledger.decisions.release(id, Decisions.As.SEND, "alice", ledger.now());

        ImportRow row = ledger.imports.get(id);
        assertThat(row.state()).isEqualTo(ImportState.TAKEN);
        assertThat(row.code()).isNull();
        assertThat(row.checks()).isZero();
        assertThat(row.released()).isFalse();
    }

    @Test
    void halfAPairThatWasHeldIsRefusedAndNotCheckedForEver() {
        String id = ledger.taken(Home.SIDECAR);
        ledger.imports.hold(id, Code.POLICY_CHANGED, "the drop is gone", ledger.now());

        ledger.decisions.release(id, Decisions.As.SEND, "alice", ledger.now());

        assertThat(ledger.imports.get(id).code()).isEqualTo(Code.SIDE_MISSING);
    }

    @Test
    void aReleasedImportPassesTheGuards() {
        String id = ledger.held(Code.CLEAR_SHRINK_GUARD);

        ledger.decisions.release(id, Decisions.As.SEND, "alice", ledger.now());

        assertThat(ledger.imports.get(id).released()).isTrue();
        assertThat(ledger.imports.get(id).state()).isEqualTo(ImportState.READY);
    }

    @Test
    void whatWasNeverSentIsNotAccepted() {
        String id = ledger.held(Code.CLEAR_SHRINK_GUARD);

        assertThat(ledger.decisions.release(id, Decisions.As.ACCEPTED, "alice", ledger.now()))
                .isEqualTo(new Decision.Refused(
                        "a chunk that was sent and not accepted",
                        "none that was sent",
                        "release it as send, or discard it"));
        assertThat(ledger.imports.get(id).state()).isEqualTo(ImportState.HELD);
    }

    @Test
    void aPersonCannotTellTheIdOfASegmentByAcceptingItsCreation() {
        String id = ledger.ready(true);
        ledger.sendInDoubt(Code.CREATE_IN_DOUBT);

        assertThat(ledger.decisions.release(id, Decisions.As.ACCEPTED, "alice", ledger.now()))
                .isEqualTo(new Decision.Refused(
                        "a chunk of rows",
                        "the creation of the segment, whose id nobody could tell",
                        "release it as send if the segment is not there; otherwise discard it and drop the pair with"
                                + " the segment's id"));
    }

    @Test
    void whatIsDiscardedBetweenChoosingAndSendingIsNotSent() {
        String id = ledger.ready(false);
        Claims.Head head = ledger.claims.next(ledger.now(), Set.of()).orElseThrow();

        ledger.decisions.discard(id, "alice", ledger.now());

        assertThat(ledger.claims.begin(head, ledger.now())).isEmpty();
        assertThat(ledger.browse.attempts(id)).isEmpty();
    }

    @Test
    void aHoldEndsWithItsLimitAndNotBefore() {
        String id = ledger.held(Code.SEG_NOT_FOUND);
        HoldLimit work = new HoldLimit(ledger.decisions, rules(), ledger::now, ledger::elapsed, new NoWork());

        ledger.pass(Duration.ofDays(3).minusSeconds(10));
        assertThat(work.claim()).isNull();
        assertThat(ledger.imports.get(id).state()).isEqualTo(ImportState.HELD);
        ledger.pass(Duration.ofSeconds(10));
        work.claim();

        ImportRow row = ledger.imports.get(id);
        assertThat(row.state()).isEqualTo(ImportState.UNDELIVERABLE);
        assertThat(row.code()).isEqualTo(Code.HOLD_LIMIT);
        assertThat(row.reason())
                .isEqualTo("nobody decided about the held import in time; it was held with SEG_NOT_FOUND: expected a"
                        + " look");
    }

    @Test
    void aReplayThatWasCutOffIsUndoneAtTheStart() throws IOException {
        String id = ledger.ready(false);
        ledger.end(id, ImportState.UNDELIVERABLE);
        Replays.Answer answer = ledger.replays.ask(id, Replays.What.REST, Set.of());
        ledger.replays.begin((Replays.Answer.Make) answer, "01CUTOFF", "lane", ledger.now());
        Files.createDirectories(ledger.home.work("01CUTOFF"));
        Files.writeString(ledger.home.work("01CUTOFF").resolve(Home.CLEAN), "half");

        assertThat(ledger.imports.takes().unfinished("acme")).isEmpty();
        assertThat(ledger.imports.takes().unfinished("acme", "a.csv")).isEmpty();
        ledger.replay().recover();

        assertThat(ledger.imports.find("01CUTOFF")).isEmpty();
        assertThat(ledger.home.work("01CUTOFF")).doesNotExist();
        assertThat(ledger.replay().of(id, Replays.What.REST, Set.of(), "alice")).isInstanceOf(Decision.Done.class);
    }

    @Test
    void aReplayThatEndedAsADeadLetterIsReplayedItself() {
        String id = ledger.ready(false);
        ledger.end(id, ImportState.DISCARDED);
        String replay = replayed(id);
        assertThat(replayed(id)).isEqualTo(replay);
        assertThat(ledger.replay().of(id, Replays.What.ALL, Set.of(), "alice"))
                .isEqualTo(new Decision.Refused(
                        "no other replay of it under way",
                        "import " + replay,
                        "wait until that one has ended, or discard it"));
        ledger.end(replay, ImportState.UNDELIVERABLE);

        assertThat(ledger.replay().of(id, Replays.What.REST, Set.of(), "alice"))
                .isEqualTo(new Decision.Refused(
                        "an import without a replay",
                        "import " + replay + ", its replay, which is undeliverable",
                        "replay that one: it knows what is left"));
        assertThat(replayed(replay)).isNotEqualTo(replay);
    }

    @Test
    void withoutItsFilesNothingIsReplayed() throws IOException {
        String id = ledger.ready(false);
        ledger.end(id, ImportState.UNDELIVERABLE);
        Files.delete(folder.resolve("dead-letter/acme/" + id + "/clean.csv"));

        assertThat(ledger.replay().of(id, Replays.What.REST, Set.of(), "alice"))
                .isEqualTo(new Decision.Refused("its files in dead-letter/acme/" + id, "none", "drop the pair again"));
    }

    @Test
    void aReplayWhoseFilesCannotBeCopiedLeavesNothing() throws IOException {
        String id = ledger.ready(false);
        ledger.end(id, ImportState.UNDELIVERABLE);
        Files.delete(folder.resolve("work"));
        Files.writeString(folder.resolve("work"), "no folder");

        assertThatThrownBy(() -> ledger.replay().of(id, Replays.What.REST, Set.of(), "alice"))
                .isInstanceOf(UncheckedIOException.class);
        Files.delete(folder.resolve("work"));
        ledger.replay().recover();
        assertThat(ledger.replays.unfinished()).isEmpty();
        assertThat(replayed(id)).isNotEmpty();
    }

    @Test
    void aReplayTakesTheFilesAndLeavesWhatWasWrittenAtTheEnd() throws IOException {
        String id = ledger.ready(false);
        ledger.end(id, ImportState.UNDELIVERABLE);
        Path ended = folder.resolve("dead-letter/acme/" + id);
        Files.writeString(ended.resolve(Home.REASON), "{}");
        Files.writeString(ended.resolve(Home.MANIFEST), "{}");

        Path work = ledger.home.work(replayed(id));

        assertThat(work.resolve(Home.CLEAN)).hasSameBinaryContentAs(ended.resolve(Home.CLEAN));
        assertThat(work.toFile().list()).containsExactlyInAnyOrder(Home.SOURCE, Home.SIDECAR, Home.CLEAN, Home.TAKE);
    }

    @Test
    void whatALedgerFromABackupKnowsByItsFilesAloneIsAnsweredToo() {
        String id = ledger.ready(false);
        ledger.decisions.discard(id, "alice", ledger.now());
        Manifests manifests = new Manifests(ledger.database, ledger.events);
        String other = ledger.ready(false);
        ledger.end(other, ImportState.UNDELIVERABLE);
        String replay = replayed(other);
        ledger.end(replay, ImportState.DELIVERED);
        try (DecisionsLedger restored = new DecisionsLedger(folder.resolve("restored"))) {
            for (String one : List.of(id, other, replay)) {
                new Manifests(restored.database, restored.events).adopt(manifests.of(one), true, restored.now());
            }

            assertThat(restored.decisions.discard(id, "bob", restored.now()))
                    .isInstanceOfSatisfying(
                            Decision.Done.class,
                            done -> assertThat(done.actor()).isEqualTo("segment-drop"));
            assertThat(restored.replay().of(other, Replays.What.REST, Set.of(), "bob"))
                    .isInstanceOfSatisfying(
                            Decision.Done.class,
                            done -> assertThat(done.row().id()).isEqualTo(replay));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String replayed(String id) {
        return ((Decision.Done) ledger.replay().of(id, Replays.What.REST, Set.of(), "alice"))
                .row()
                .id();
    }

    private static SendRules rules() {
        return new SendRules(
                new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15)),
                Duration.ofDays(1),
                SendRules.RESEND_WINDOW,
                Duration.ofDays(3));
    }

    private static final class NoWork implements Work {

        @Override
        public @Nullable Object claim() {
            return null;
        }

        @Override
        public Duration rest() {
            return Duration.ZERO;
        }

        @Override
        public void putOff(Exchange exchange, Throwable why) {
            throw new IllegalStateException("there never is a piece");
        }

        @Override
        public void hold(Exchange exchange, HeldException why) {
            throw new IllegalStateException("there never is a piece");
        }

        @Override
        public void fail(Exchange exchange, Throwable fault) {
            throw new IllegalStateException("there never is a piece");
        }

        @Override
        public void release(Object piece) {
            // there never is one
        }
    }
}
