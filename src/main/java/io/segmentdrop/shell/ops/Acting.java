package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.Decisions;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Replays;
import io.segmentdrop.shell.routes.Nudge;
import java.time.InstantSource;

/** Carries out what a person decided. Asked for again, the answer is the same and nothing more is done. */
public final class Acting {

    private final Browse browse;
    private final Decisions decisions;
    private final Replay replay;
    private final Nudge nudge;
    private final InstantSource clock;

    public Acting(Browse browse, Decisions decisions, Replay replay, Nudge nudge, InstantSource clock) {
        this.browse = browse;
        this.decisions = decisions;
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

    public Decision carryOut(Act act, String id, String actor) {
        find(id);
        Decision decision = decide(act, id, actor);
        if (decision instanceof Decision.Done) {
            nudge.give();
        }
        return decision;
    }

    private Decision decide(Act act, String id, String actor) {
        return switch (act) {
            case RELEASE -> decisions.release(id, Decisions.As.SEND, actor, clock.instant());
            case ACCEPT -> decisions.release(id, Decisions.As.ACCEPTED, actor, clock.instant());
            case REPLAY_REST -> replay.of(id, Replays.What.REST, actor);
            case REPLAY_ALL -> replay.of(id, Replays.What.ALL, actor);
            case DISCARD -> decisions.discard(id, actor, clock.instant());
        };
    }
}
