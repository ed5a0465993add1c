package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Work on whole imports: the oldest that is due and that no worker of this process has in hand. Which are in hand is kept
 * in memory alone; after a kill all are looked at again, and each stage comes to the same end when it is run twice.
 */
public final class ImportWork implements Work {

    /** What becomes of an import that did not come to the end of its route, as {@link Work} says. */
    public interface Failing {

        void putOff(Exchange exchange, ImportRow row, Throwable why);

        void hold(ImportRow row, HeldException why);

        void fail(Exchange exchange, ImportRow row, Throwable fault);
    }

    private final Function<Collection<String>, Optional<ImportRow>> next;
    private final Duration rest;
    private final Failing failing;
    private final Set<String> inHand = new HashSet<>();

    /**
     * Work that is found by asking the ledger.
     *
     * @param next the oldest import that is due, but for these ids
     * @param rest as {@link Work#rest} says
     */
    public ImportWork(Function<Collection<String>, Optional<ImportRow>> next, Duration rest, Failing failing) {
        this.next = next;
        this.rest = rest;
        this.failing = failing;
    }

    @Override
    public synchronized @Nullable Object claim() {
        ImportRow row = next.apply(inHand).orElse(null);
        if (row != null) {
            inHand.add(row.id());
        }
        return row;
    }

    @Override
    public Duration rest() {
        return rest;
    }

    @Override
    public void putOff(Exchange exchange, Throwable why) {
        failing.putOff(exchange, Piece.of(exchange, ImportRow.class), why);
    }

    @Override
    public void hold(Exchange exchange, HeldException why) {
        failing.hold(Piece.of(exchange, ImportRow.class), why);
    }

    @Override
    public void fail(Exchange exchange, Throwable fault) {
        failing.fail(exchange, Piece.of(exchange, ImportRow.class), fault);
    }

    @Override
    public synchronized void release(Object piece) {
        inHand.remove(((ImportRow) piece).id());
    }
}
