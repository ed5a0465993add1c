package io.segmentdrop.shell.ops.page;

import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ops.Act;
import io.segmentdrop.shell.ops.RejectedRows;
import io.segmentdrop.shell.ops.Sending;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one import.
 *
 * @param cause why it is where it is, or what it waits for; empty if there is nothing to say
 * @param remedy what the one who can mend it does; empty likewise
 * @param next what the partner is told
 * @param untold why the partner does not read that yet, and what to do; empty if he does
 * @param folder where its files are, within the home
 * @param replays the imports that replay it
 * @param files what can be downloaded
 */
public record ImportPage(
        Frame frame,
        ImportRow row,
        String cause,
        String remedy,
        String next,
        String untold,
        String folder,
        Sending.@Nullable State sending,
        List<ChunkRow> chunks,
        List<Timeline.Item> timeline,
        List<Option> options,
        List<Problem> problems,
        List<Problem> warnings,
        RejectedRows.Shown rejects,
        List<ImportRow> replays,
        List<Download> files,
        List<Act> acts) {

    /** An option that counts, and where it came from. */
    public record Option(String name, String value, String from) {}
}
