package io.segmentdrop.testkit;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.DropFolders;
import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerDatabase;
import io.segmentdrop.shell.ledger.LedgerJson;
import io.segmentdrop.shell.ledger.Outcomes;
import io.segmentdrop.shell.ledger.Takes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A real ledger in a folder of its own, and the shortest way to imports in any state. */
public final class TestLedger implements AutoCloseable {

    /** When everything happens that a test does not time itself. */
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final LedgerDatabase database;
    private final Events events;
    private final Imports imports;
    private final Gates gates;

    public TestLedger(Path home) {
        database = LedgerDatabase.open(FreshLedger.in(home));
        events = new Events(database);
        imports = new Imports(database, events);
        gates = new Gates(database, events, new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15)), new Random(1));
    }

    public LedgerDatabase database() {
        return database;
    }

    public Events events() {
        return events;
    }

    public Imports imports() {
        return imports;
    }

    public Gates gates() {
        return gates;
    }

    public Claims claims() {
        return new Claims(database);
    }

    public Outcomes outcomes() {
        return new Outcomes(database, imports, gates, events);
    }

    public CreatedSegments created() {
        return new CreatedSegments(database, events);
    }

    public DropFolders folders() {
        return new DropFolders(database, events);
    }

    public Browse browse() {
        return new Browse(database);
    }

    /** A take of {@code vips.csv} that was begun. */
    public ImportRow begun(String id, String drop, String file, @Nullable String lane) {
        List<List<String>> sources =
                List.of(List.of(file, "1:1:1", "source.csv"), List.of(file + ".json", "1:1:2", "sidecar.json"));
        imports.takes().intend(List.of(new Takes.Take(id, drop, file, sources, lane, null, null, null)), NOW);
        return imports.get(id);
    }

    /** An import of drop {@code acme} in custody. */
    public ImportRow taken(String id, @Nullable String lane) {
        begun(id, "acme", "vips.csv", lane);
        imports.takes().inCustody(id, NOW);
        return imports.get(id);
    }

    /** A planned import of so many chunks of 10 rows and 100 bytes each, safe to be sent again. */
    public ImportRow ready(String id, String lane, int chunks) {
        return ready(id, lane, chunks, ResendClass.SAFE);
    }

    public ImportRow ready(String id, String lane, int chunks, ResendClass resend) {
        taken(id, lane);
        return plan(id, lane, chunks, resend, false, false);
    }

    /** Plans an import that was taken. */
    public ImportRow plan(
            String id, String lane, int chunks, ResendClass resend, boolean clears, boolean createsSegment) {
        imports.plan(id, checked(lane), planOf(chunks, resend, clears, createsSegment), NOW);
        return imports.get(id);
    }

    /** Plans an import that was taken with this request id; the one that had it before. */
    public Optional<ImportRow> planOnce(String id, String requestId) {
        Imports.Checked any = checked(id);
        Imports.Checked checked = new Imports.Checked(
                any.sha256(), null, "h", requestId, false, 7L, id, 10, 0, any.problems(), 0, any.warnings());
        return imports.plan(id, checked, planOf(1, ResendClass.SAFE, false, false), NOW);
    }

    private static Imports.Plan planOf(int chunks, ResendClass resend, boolean clears, boolean createsSegment) {
        List<PlannedChunk> plan = IntStream.rangeClosed(1, chunks)
                .mapToObj(n -> new PlannedChunk(n, 100L * (n - 1), 100, 10, "ab".repeat(32)))
                .toList();
        return new Imports.Plan(clears, resend, "[]", "email\n", 100L * chunks, 7, plan, createsSegment);
    }

    /** What a check of 10 rows without a fault found, for segment 7. */
    public static Imports.Checked checked(@Nullable String lane) {
        String none = LedgerJson.problems(List.of());
        return new Imports.Checked("cd".repeat(32), null, "h", null, false, 7L, lane, 10, 0, none, 0, none);
    }

    /** A taken import brought into this state the shortest way. */
    public ImportRow inState(String id, ImportState state) {
        taken(id, "lane-" + id);
        if (state == ImportState.READY || state == ImportState.DELIVERED) {
            plan(id, "lane-" + id, 1, ResendClass.SAFE, false, false);
        }
        if (state != ImportState.TAKEN && state != ImportState.READY) {
            imports.change(id, state, null, "for a test", Imports.SELF, NOW);
        }
        return imports.get(id);
    }

    @Override
    public void close() {
        database.close();
    }
}
