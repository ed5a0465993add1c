package io.segmentdrop.shell.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lanes that were renamed in the configuration, in the ledger. */
public final class LaneMoves {

    private final LedgerDatabase ledger;
    private final Events events;

    public LaneMoves(LedgerDatabase ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    /**
     * An import in its lane.
     *
     * @param waits false if it was delivered
     */
    public record InLane(
            String id,
            String dropName,
            String lane,
            @Nullable Long segment,
            boolean waits) {

        static final RecordMapper<InLane> MAPPER = new RecordMapper<>(InLane.class);
    }

    /** Another lane for an import. */
    public record Move(InLane what, String to) {}

    /** Every import that has not ended, held ones too, and those that were delivered since then. */
    public List<InLane> inLanes(Instant since) {
        return ledger.write()
                .sql("""
                    select id, drop_name, lane, segment, 1 as waits from import
                    where state in ('TAKEN', 'READY', 'HELD') and lane is not null
                    union all
                    select id, drop_name, lane, segment, 0 as waits from import
                    where state = 'DELIVERED' and finished_at >= ? and lane is not null\
                    """)
                .param(since.toEpochMilli())
                .query(InLane.MAPPER)
                .list();
    }

    /** Moves all of them or none. */
    public void make(List<Move> moves, Instant now) {
        if (moves.isEmpty()) {
            return;
        }
        ledger.inTransaction(() -> moves.forEach(move -> make(move, now)));
    }

    private void make(Move move, Instant now) {
        InLane what = move.what();
        ledger.write()
                .sql("update import set lane = ? where id = ?")
                .params(move.to(), what.id())
                .update();
        if (what.waits()) {
            events.add(now, what.id(), what.dropName(), "lane moved", what.lane() + " -> " + move.to(), Imports.SELF);
        }
    }
}
