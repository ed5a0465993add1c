package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Overview.Cause;
import io.segmentdrop.shell.ops.Act;
import java.util.List;

/**
 * What waits for somebody, grouped by its cause.
 *
 * @param ours held and undeliverable imports: operations act
 * @param partners rejected imports: the partner mends them and drops them again
 */
public record AttentionPage(Frame frame, List<Group> ours, List<Group> partners) {

    /** The imports of one cause; {@code first} are the oldest of them. */
    public record Group(Cause cause, List<ImportRow> first) {

        /** What can be done with all of them. */
        public List<Act> acts() {
            return Act.of(cause.state());
        }

        /** The page that asks whether to do this with all of them. */
        public String link(Act act) {
            return new Link("/act")
                    .with("do", act.word())
                    .with("state", cause.state().partnerWord())
                    .with("code", cause.code() == null ? "" : cause.code().name())
                    .toString();
        }
    }
}
