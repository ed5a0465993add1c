package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.ImportRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work on whole imports: the oldest that is due and that no worker of this process has in hand. Several are found by one look
 * and wait here for a worker. Which are in hand is kept in memory alone; after a kill all are looked at again, and each stage
 * comes to the same end when it is run twice, or on what has changed since it was found.
 */
public final class ImportWork implements Work {

    private static final Duration REST = Duration.ofMillis(2);

    private final Function<Collection<String>, List<ImportRow>> next;
    private final Queue<ImportRow> found = new ArrayDeque<>();
    private final Set<String> inHand = new HashSet<>();

    /**
     * Work that is found by asking the ledger.
     *
     * @param next the oldest imports that are due, but for these ids
     */
    public ImportWork(Function<Collection<String>, List<ImportRow>> next) {
        this.next = next;
    }

    @Override
    public synchronized @Nullable Object claim() {
        if (found.isEmpty()) {
            found.addAll(next.apply(inHand));
        }
        ImportRow row = found.poll();
        if (row != null) {
            inHand.add(row.id());
        }
        return row;
    }

    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public synchronized void release(Object piece) {
        inHand.remove(((ImportRow) piece).id());
    }
}
