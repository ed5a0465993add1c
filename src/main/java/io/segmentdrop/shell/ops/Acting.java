package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.routes.Nudge;
import io.segmentdrop.shell.routes.PolicyCheck;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Carries out what a person decided. Asked for again, the answer is the same and nothing more is done. */
public final class Acting {

    private final Browse browse;
    private final Decisions decisions;
    private final PolicyCheck policy;
    private final Replays replays;
    private final Replay replay;
    private final Nudge nudge;
    private final InstantSource clock;

    public Acting(
            Browse browse,
            Decisions decisions,
            PolicyCheck policy,
            Replays replays,
            Replay replay,
            Nudge nudge,
            InstantSource clock) {
        this.browse = browse;
        this.decisions = decisions;
        this.policy = policy;
        this.replays = replays;
        this.replay = replay;
        this.nudge = nudge;
        this.clock = clock;
    }

    /** The import that is meant; an id that nothing bears is refused. */
    public ImportRow find(String id) {
        return browse.find(id)
                .filter(ImportRow::inCustody)
                .orElseThrow(() -> Refusal.unknown("the id of an import", id));
    }

    /** What stands in the way of an act, whatever a person says; empty if nothing does, or only the import's state. */
    public Optional<Decision.Refused> against(Act act, ImportRow row, List<ChunkRow> chunks) {
        return switch (act) {
            case RELEASE, ACCEPT ->
                row.state() == ImportState.HELD && sends(act, chunks) ? policy.against(row) : Optional.empty();
            case REPLAY_REST -> deliveredBy(row).map(Replays::delivered);
            case REPLAY_ALL, DISCARD -> Optional.empty();
        };
    }

    /** What has no plan is checked anew, and the check asks the policy. */
    private static boolean sends(Act act, List<ChunkRow> chunks) {
        long left = chunks.stream()
                .filter(chunk -> chunk.state() != ChunkState.ACCEPTED)
                .count();
        return left > (act == Act.ACCEPT ? 1 : 0);
    }

    /** The later replay that delivered the rows of an import; a person has to name it to send them again. */
    public Optional<ImportRow> deliveredBy(ImportRow row) {
        return row.state().isFinal() ? replays.deliveredBy(row) : Optional.empty();
    }

    /**
     * Does it.
     *
     * @param confirmed the imports that a person saw to have delivered the rows before, for {@link Act#REPLAY_ALL}
     */
    public Decision carryOut(Act act, String id, Set<String> confirmed, String actor) {
        ImportRow row = find(id);
        // a replay asks for itself, since the same request again is answered as before
        Optional<Decision> refused = act == Act.REPLAY_REST
                ? Optional.empty()
                : against(act, row, browse.chunks(id)).map(refusal -> refusal);
        Decision decision = refused.orElseGet(() -> decide(act, id, confirmed, actor));
        if (decision instanceof Decision.Done) {
            nudge.give();
        }
        return decision;
    }

    private Decision decide(Act act, String id, Set<String> confirmed, String actor) {
        return switch (act) {
            case RELEASE -> decisions.release(id, Decisions.As.SEND, actor, clock.instant());
            case ACCEPT -> decisions.release(id, Decisions.As.ACCEPTED, actor, clock.instant());
            case REPLAY_REST -> replay.of(id, Replays.What.REST, confirmed, actor);
            case REPLAY_ALL -> replay.of(id, Replays.What.ALL, confirmed, actor);
            case DISCARD -> decisions.discard(id, actor, clock.instant());
        };
    }
}
