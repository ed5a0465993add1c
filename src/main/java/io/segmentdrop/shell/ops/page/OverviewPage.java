package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ops.RouteSights;
import io.segmentdrop.shell.ops.Summary;
import java.util.List;

/**
 * The overview.
 *
 * @param gates those that are closed for all: the API's and the credential's
 */
public record OverviewPage(
        Frame frame,
        Summary.Sight sight,
        List<GateRow> gates,
        List<DropLine> drops,
        List<RouteSights.Sight> routes,
        Grid grid,
        Spark spark) {

    /** Pairs and halves of pairs that lie in the drops. */
    public long files() {
        return drops.stream().mapToLong(drop -> drop.waiting().size()).sum();
    }
}
