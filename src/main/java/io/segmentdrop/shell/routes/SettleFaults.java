package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an import that could not be put away or told: what was done of it is recorded, and the rest tried again. */
public final class SettleFaults implements ImportWork.Failing {

    private static final Logger LOG = LoggerFactory.getLogger(SettleFaults.class);

    private final Imports imports;
    private final Untold untold;
    private final InstantSource clock;
    private final Rarely rarely;

    public SettleFaults(Imports imports, Untold untold, InstantSource clock, Ticker ticker) {
        this.imports = imports;
        this.untold = untold;
        this.clock = clock;
        this.rarely = new Rarely(ticker);
    }

    @Override
    public void putOff(Exchange exchange, ImportRow row, Throwable why) {
        switch (why) {
            case DropGone gone -> untold(row, new DropBoard.Note(Code.DROP_GONE, String.valueOf(gone.getMessage())));
            case ReceiptStage.Unwritable drop -> untold(row, Untold.why(drop.fault()));
            default -> {
                String words = Faults.words(why);
                rarely.say(
                        words,
                        more -> LOG.warn(
                                "{} is {}, but cannot be told or put away now: {}; tried again in {} s{}.",
                                row.id(),
                                row.state().partnerWord(),
                                words,
                                CheckFaults.PAUSE.toSeconds(),
                                more));
            }
        }
        later(exchange, row);
    }

    /** Nothing is held for its receipt. */
    @Override
    public void hold(ImportRow row, HeldException why) {
        imports.tellings().tellLater(row.id(), clock.instant().plus(CheckFaults.PAUSE));
    }

    @Override
    public void fail(Exchange exchange, ImportRow row, Throwable fault) {
        LOG.error("{} cannot be told or put away: a fault of segment-drop; tried again.", row.id(), fault);
        later(exchange, row);
    }

    private void later(Exchange exchange, ImportRow row) {
        if (SettleStage.isPutAway(exchange)) {
            imports.tellings().settled(row.id());
        }
        imports.tellings().tellLater(row.id(), clock.instant().plus(CheckFaults.PAUSE));
    }

    /** The drop's one line says that it cannot be told; a hold has a line of its own, told or not. */
    private void untold(ImportRow row, DropBoard.Note why) {
        boolean isFirst = untold.failed(row.dropName(), row.id(), why, clock.instant());
        if (isFirst && row.state() == ImportState.HELD) {
            SettleStage.log(row, "");
        }
    }
}
