package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an import whose check did not come to its end. A fault of ours holds it when it comes again and again. */
public final class CheckFaults implements ImportWork.Failing {

    private static final Logger LOG = LoggerFactory.getLogger(CheckFaults.class);

    /** How long a check is put off. */
    public static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int CHECKS = 3;

    private final Imports imports;
    private final InstantSource clock;
    private final Rarely rarely;

    public CheckFaults(Imports imports, InstantSource clock, Ticker ticker) {
        this.imports = imports;
        this.clock = clock;
        this.rarely = new Rarely(ticker);
    }

    @Override
    public void putOff(Exchange exchange, ImportRow row, Throwable why) {
        if (why instanceof Draining.EndingException) {
            LOG.info("{}: the end of the program cuts off its check, which begins anew at the next start", row.id());
        } else {
            String words = Faults.words(why);
            rarely.say(
                    words,
                    more -> LOG.warn(
                            "{} cannot be checked now: {}; tried again in {} s{}.",
                            row.id(),
                            words,
                            PAUSE.toSeconds(),
                            more));
        }
        imports.checkAgain(row.id(), clock.instant().plus(PAUSE));
    }

    @Override
    public void hold(ImportRow row, HeldException why) {
        imports.hold(row.id(), why.code(), why.reason(), clock.instant());
    }

    @Override
    public void fail(Exchange exchange, ImportRow row, Throwable fault) {
        Instant now = clock.instant();
        if (row.checks() + 1 >= CHECKS) {
            LOG.error("{} is held: its check failed {} times.", row.id(), CHECKS, fault);
            String reason = Code.INTERNAL_FAULT.meaning() + "; " + Code.INTERNAL_FAULT.remedy();
            imports.hold(row.id(), Code.INTERNAL_FAULT, reason, now);
        } else {
            LOG.error("{} cannot be checked: a fault of segment-drop; tried again.", row.id(), fault);
            imports.checkLater(row.id(), now.plus(PAUSE));
        }
    }
}
