package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.LaneMoves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before the routes start: the ledger's times are held against the clock, a ledger that is older than the folders is brought
 * up to them, takes that were begun are finished or undone, what waits is moved to the lanes of today, and attempts that were
 * open are in doubt. Checks, settling and receipts need nothing here, since they are pulled from the ledger anyway. May be cut
 * off and run again.
 */
public final class Recovery extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final ClockWatch watch;
    private final Reconciliation reconciliation;
    private final TakeStage take;
    private final AttemptEnds ends;
    private final Claims claims;
    private final Lanes lanes;
    private final LaneMoves moves;
    private final InstantSource clock;

    public Recovery(
            ClockWatch watch,
            Reconciliation reconciliation,
            TakeStage take,
            AttemptEnds ends,
            Claims claims,
            Lanes lanes,
            LaneMoves moves,
            InstantSource clock) {
        this.watch = watch;
        this.reconciliation = reconciliation;
        this.take = take;
        this.ends = ends;
        this.claims = claims;
        this.lanes = lanes;
        this.moves = moves;
        this.clock = clock;
    }

    @Override
    public void onContextStarting(CamelContext context) {
        watch.resume();
        reconcile();
        take.recover();
        CrashPoint.RECOVERY_TAKES.hit();
        // before any doubt is judged by what else went out in its lane
        lanes.move(moves, clock.instant());
        List<Claim> open = claims.open();
        open.forEach(claim -> ends.lost(claim, "the program ended while the request was open"));
        CrashPoint.RECOVERY_ATTEMPTS.hit();
        if (!open.isEmpty()) {
            LOG.warn(
                    "Requests that were open when the program last ended: {}; each is in doubt and treated so.",
                    open.size());
        }
    }

    private void reconcile() {
        try {
            reconciliation.run();
        } catch (IOException e) {
            throw new UncheckedIOException("expected to read the folders of the home, found a fault of the disk", e);
        }
    }
}
