package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work on whole imports: the oldest that is due and that no worker of this process has in hand. Which are in hand is kept
 * in memory alone; after a kill all are looked at again, and each stage comes to the same end when it is run twice.
 */
public final class ImportWork implements Work {

    private final Function<Collection<String>, Optional<ImportRow>> next;
    private final Duration rest;
    private final Set<String> inHand = new HashSet<>();

    /**
     * Work that is found by asking the ledger.
     *
     * @param next the oldest import that is due, but for these ids
     * @param rest as {@link Work#rest} says
     */
    public ImportWork(Function<Collection<String>, Optional<ImportRow>> next, Duration rest) {
        this.next = next;
        this.rest = rest;
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
    public synchronized void release(Object piece) {
        inHand.remove(((ImportRow) piece).id());
    }
}
