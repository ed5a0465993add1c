package io.segmentdrop.shell.routes;

import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.shell.Ticker;
import io.segmentdrop.shell.ledger.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that first ends the holds about which nobody decided within {@code hold-limit}, so that their lanes go on. Looks
 * every few seconds, whenever a worker asks for work. A hold counts time in which the program ran, as
 * {@link io.segmentdrop.shell.ledger.Times} has it.
 */
public final class HoldLimit implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(HoldLimit.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Decisions decisions;
    private final SendRules rules;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Work work;
    private @Nullable Duration last;

    public HoldLimit(Decisions decisions, SendRules rules, InstantSource clock, Ticker ticker, Work work) {
        this.decisions = decisions;
        this.rules = rules;
        this.clock = clock;
        this.ticker = ticker;
        this.work = work;
    }

    @Override
    public @Nullable Object claim() {
        look();
        return work.claim();
    }

    private synchronized void look() {
        Duration elapsed = ticker.elapsed();
        if (last != null && elapsed.minus(last).compareTo(EVERY) < 0) {
            return;
        }
        Instant now = clock.instant();
        int ended = decisions.endHolds(now.minus(rules.holdLimit()), now);
        last = elapsed;
        if (ended > 0) {
            LOG.warn(
                    "{} held imports waited longer than hold-limit; they are dead letters and can be replayed.", ended);
        }
    }

    @Override
    public Duration rest() {
        return work.rest();
    }

    @Override
    public boolean isDone(Exchange exchange) {
        return work.isDone(exchange);
    }

    @Override
    public void putOff(Exchange exchange, Throwable why) {
        work.putOff(exchange, why);
    }

    @Override
    public void hold(Exchange exchange, HeldException why) {
        work.hold(exchange, why);
    }

    @Override
    public void fail(Exchange exchange, Throwable fault) {
        work.fail(exchange, fault);
    }

    @Override
    public void release(Object piece) {
        work.release(piece);
    }
}
