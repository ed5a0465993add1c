package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.Outcomes;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.ledger.Takes;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.Lanes;
import io.segmentdrop.shell.routes.SettleStage;
import io.segmentdrop.testkit.FreshLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger in a home of its own, with a clock that is set by hand and imports made by hand. */
final class DecisionsLedger implements AutoCloseable {

    private static final String SHA = "0".repeat(64);

    final Home home;
    final LedgerDatabase database;
    final Events events;
    final Imports imports;
    final Decisions decisions;
    final Replays replays;
    final Claims claims;
    private final Lanes lanes;
    final Browse browse;
    private final ImportIds ids = new ImportIds(this::now, Optional::empty);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    DecisionsLedger(Path folder) throws IOException {
        Files.createDirectories(folder);
        home = new Home(folder);
        home.prepare(new Disk());
        database = LedgerDatabase.open(FreshLedger.in(folder));
        events = new Events(database);
        imports = new Imports(database, events);
        decisions = new Decisions(database, imports, events);
        replays = new Replays(database, imports, events);
        claims = new Claims(database);
        lanes = new Lanes(new Drops(List.of()), new CreatedSegments(database, events));
        browse = new Browse(database);
    }

    Instant now() {
        return now;
    }

    Duration elapsed() {
        return Duration.between(Instant.EPOCH, now);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Replay replay() {
        return new Replay(replays, imports, lanes, ids, home, new Disk(), this::now);
    }

    /** An import in custody, with files. */
    String taken(@Nullable String without) {
        String id = ids.next();
        List<List<String>> sources =
                List.of(List.of("a.csv", "1:1:1", Home.SOURCE), List.of("a.csv.json", "1:1:2", Home.SIDECAR)).stream()
                        .filter(source -> !source.get(2).equals(without))
                        .toList();
        imports.takes().intend(List.of(new Takes.Take(id, "acme", "a.csv", sources, "7", 7L, null, null)), now);
        imports.takes().inCustody(id, now);
        write(id, Home.SOURCE, "email\n");
        write(id, Home.SIDECAR, "{}");
        return id;
    }

    /** An import with one chunk for its rows. */
    String ready(boolean createsSegment) {
        String id = taken(null);
        write(id, Home.CLEAN, "email\na@example.com\n");
        imports.plan(
                id,
                new Imports.Checked(SHA, null, null, null, false, 7L, "7", 1, 0, "[]", 0, "[]"),
                new Imports.Plan(
                        false,
                        ResendClass.SAFE,
                        "[]",
                        "email\n",
                        20,
                        0,
                        List.of(new PlannedChunk(1, 6, 14, 1, SHA)),
                        createsSegment),
                now);
        return id;
    }

    /** The same, held before anything of it was sent. */
    String held(Code code) {
        String id = ready(false);
        imports.hold(id, code, "expected a look", now);
        return id;
    }

    /** Sends the next chunk in vain: nobody knows what became of it, and the import is held. */
    void sendInDoubt(Code why) {
        Claim claim =
                claims.begin(claims.next(now, Set.of()).orElseThrow(), now).orElseThrow();
        Outcome outcome = new Outcome.InDoubt(why, Answer.NONE, "cut", null);
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));
        new Outcomes(database, imports, new Gates(database, events, backoff, new Random(1)), events)
                .record(claim, outcome, new Step.Hold(why, "in doubt", ChunkState.IN_DOUBT), List.of(), now);
    }

    /** Ends an import and puts its files away. */
    void end(String id, ImportState state) {
        imports.change(id, state, Code.GAVE_UP, "ended", Imports.SELF, now);
        Path place = SettleStage.place(home, imports.get(id));
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            Files.move(home.work(id), place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        imports.tellings().settled(id);
    }

    private void write(String id, String name, String text) {
        try {
            Files.createDirectories(home.work(id));
            Files.writeString(home.work(id).resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
