package io.segmentdrop.shell.ops;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.routes.Drops;
import io.segmentdrop.shell.routes.KnownFolders;
import io.segmentdrop.shell.routes.Nudge;
import java.time.InstantSource;
import java.util.Optional;

/** Pausing a drop: it takes and checks, but nothing of it is sent. Each request is safe to repeat. */
public final class Pauses {

    private final Drops drops;
    private final Gates gates;
    private final DropBoard board;
    private final KnownFolders folders;
    private final Nudge nudge;
    private final InstantSource clock;

    public Pauses(Drops drops, Gates gates, DropBoard board, KnownFolders folders, Nudge nudge, InstantSource clock) {
        this.drops = drops;
        this.gates = gates;
        this.board = board;
        this.folders = folders;
        this.nudge = nudge;
        this.clock = clock;
    }

    /** Pauses a drop, and answers its gate: who closed it, and when. */
    public GateRow pause(String drop, String actor) {
        String gate = gate(drop);
        Optional<GateRow> before = gates.find(gate);
        if (before.isEmpty() || before.get().code() != Code.DROP_PAUSED) {
            gates.close(gate, Code.DROP_PAUSED, sentence(), actor, clock.instant());
        }
        return gates.find(gate).orElseThrow();
    }

    private static String sentence() {
        return Code.DROP_PAUSED.meaning() + "; " + Code.DROP_PAUSED.remedy() + ".";
    }

    /**
     * Ends a pause; a drop that was closed for another reason is looked at again soon, and one that has another folder in the
     * place of its own goes on in that one.
     */
    public void resume(String drop, String actor) {
        gates.open(gate(drop), actor, clock.instant());
        folders.accept(drop, actor);
        board.resume(drop);
        nudge.give();
    }

    /** The gate of a drop of the configuration; any other name is refused. */
    private String gate(String drop) {
        return Gates.ofDrop(drops.find(drop)
                .orElseThrow(() -> Refusal.unknown("the name of a drop", drop))
                .name());
    }
}
