package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The guards of design 8, asked when an import has come to the head of its lane and nothing of it was sent yet. */
public final class Guard {

    private static final Duration DUPLICATE_WINDOW = Duration.ofHours(24);

    private final Drops drops;
    private final Imports imports;
    private final CreatedSegments created;
    private final PolicyCheck policy;
    /** The import of each lane that was last found to be allowed, so that its further chunks need not be looked at. */
    private final Map<String, String> allowed = new ConcurrentHashMap<>();

    public Guard(Drops drops, Imports imports, CreatedSegments created, PolicyCheck policy) {
        this.drops = drops;
        this.imports = imports;
        this.created = created;
        this.policy = policy;
    }

    /** True if the attempt may be made; otherwise the import's state says why not. */
    boolean lets(Claims.Head head, Instant now) {
        ImportRow row = head.row();
        if (head.chunk().number() == 0 && isCreated(row)) {
            return false;
        }
        boolean fresh = head.chunk().number() <= 1 && head.chunk().attempts() == 0;
        return (row.released() || !fresh || !isStopped(row, now)) && !isForbiddenNow(row, now);
    }

    private boolean isCreated(ImportRow row) {
        Options options = LedgerJson.options(row.options());
        if (options != null && options.settings().segment() instanceof SegmentRef.Create create) {
            Optional<Long> known = created.find(row.dropName(), create.name());
            known.ifPresent(segment -> created.use(row, segment));
            return known.isPresent();
        }
        return false;
    }

    private boolean isStopped(ImportRow row, Instant now) {
        return isDuplicate(row, now) || isShrunken(row, now) || isOldReplay(row, now);
    }

    private boolean isDuplicate(ImportRow row, Instant now) {
        Optional<ImportRow> last = row.replayOf() != null || row.lane() == null
                ? Optional.empty()
                : imports.lastDelivered(row.lane(), now.minus(DUPLICATE_WINDOW));
        boolean same = last.isPresent()
                && Objects.equals(last.get().sha256(), row.sha256())
                && Objects.equals(last.get().optionsHash(), row.optionsHash())
                && !imports.isSegmentNewerThan(last.get().id());
        if (same) {
            String reason =
                    "the same content and options as import " + last.get().id() + ", the last one of its lane";
            imports.change(row.id(), ImportState.DUPLICATE, Code.DUPLICATE_CONTENT, reason, Imports.SELF, now);
        }
        return same;
    }

    /** Also of what a person released: a person lets pass a guard, never the policy. */
    private boolean isForbiddenNow(ImportRow row, Instant now) {
        if (row.id().equals(allowed.get(String.valueOf(row.lane())))) {
            return false;
        }
        if (drops.find(row.dropName()).isEmpty()) {
            String reason = DropGone.sentence(row.dropName());
            imports.hold(row.id(), Code.DROP_GONE, reason, now);
            return true;
        }
        boolean isAllowed = policy.against(row).isEmpty();
        if (isAllowed) {
            allowed.put(String.valueOf(row.lane()), row.id());
        } else {
            imports.hold(row.id(), Code.POLICY_CHANGED, sentence(Code.POLICY_CHANGED), now);
        }
        return !isAllowed;
    }

    private boolean isShrunken(ImportRow row, Instant now) {
        if (!row.clears() || row.segment() == null) {
            return false;
        }
        long rows = row.rowsRead() - row.rowsRejected();
        double guard = drops.find(row.dropName()).map(Drop::shrinkGuard).orElse(0.5);
        Optional<ImportRow> last = imports.lastClearing(row.segment());
        long before = last.map(r -> r.rowsRead() - r.rowsRejected()).orElse(0L);
        boolean shrunken = rows < guard * before;
        if (shrunken) {
            String reason = "expected at least %.0f rows (%.0f %% of the %d that import %s brought), found %d; %s"
                    .formatted(
                            Math.ceil(guard * before),
                            guard * 100,
                            before,
                            last.orElseThrow().id(),
                            rows,
                            Code.CLEAR_SHRINK_GUARD.remedy());
            imports.hold(row.id(), Code.CLEAR_SHRINK_GUARD, reason, now);
        }
        return shrunken;
    }

    private boolean isOldReplay(ImportRow row, Instant now) {
        boolean old = row.clears() && row.replayOf() != null && imports.isSegmentNewerThan(row.replayOf());
        if (old) {
            imports.hold(row.id(), Code.REPLAY_OLDER_THAN_SEGMENT, sentence(Code.REPLAY_OLDER_THAN_SEGMENT), now);
        }
        return old;
    }

    private static String sentence(Code code) {
        return code.meaning() + "; " + code.remedy();
    }
}
