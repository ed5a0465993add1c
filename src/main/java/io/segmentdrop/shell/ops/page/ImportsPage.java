package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Sending;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of imports.
 *
 * @param q what is searched for; empty for nothing
 * @param drop the drop asked for; empty for all
 * @param state the state asked for; null for all
 * @param newest whether the list begins with the newest
 * @param next where the list goes on; 0 for nowhere
 */
public record ImportsPage(
        Frame frame,
        List<Line> lines,
        Set<String> drops,
        String q,
        String drop,
        @Nullable ImportState state,
        boolean newest,
        long next) {

    /** One import; {@code sending} is null where nothing is planned. */
    public record Line(ImportRow row, Sending.@Nullable State sending) {

        /** Whether a bar says more than the state does. */
        public boolean moves() {
            return sending != null && row.state() == ImportState.READY;
        }
    }

    /** The same list in another state. */
    public String in(@Nullable ImportState other) {
        return link(other, 0);
    }

    /** Where the list goes on. */
    public String older() {
        return link(state, next);
    }

    private String link(@Nullable ImportState wanted, long before) {
        return new Link("/imports")
                .with("state", wanted == null ? "" : wanted.partnerWord())
                .with("drop", drop)
                .with("q", q)
                .with("before", before == 0 ? "" : Long.toString(before))
                .toString();
    }
}
