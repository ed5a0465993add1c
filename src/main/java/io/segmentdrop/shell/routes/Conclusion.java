package io.segmentdrop.shell.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.receipt.OptionsJson;
import io.segmentdrop.core.send.FormFields;
import io.segmentdrop.core.send.ResendClass;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.split.Digests;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.util.Objects;
import java.util.Set;

/** Puts what a check found into the ledger's words. */
public final class Conclusion {

    private final FieldNames names;
    private final Lanes lanes;

    public Conclusion(FieldNames names, Lanes lanes) {
        this.names = names;
        this.lanes = lanes;
    }

    /** What was found, whatever the verdict. */
    Imports.Checked checked(Checking checking) {
        CheckReport report = checking.report();
        Options options = checking.options();
        SegmentRef segment = options == null ? null : options.settings().segment();
        return new Imports.Checked(
                report == null ? null : report.sourceSha256(),
                options == null ? null : LedgerJson.options(OptionsJson.of(options)),
                options == null ? null : Digests.hex(options.canonical().getBytes(UTF_8)),
                checking.sidecar().text(Key.REQUEST_ID),
                options != null && options.dryRun(),
                segment instanceof SegmentRef.Id(long id) ? id : null,
                segment == null ? null : lanes.of(checking.drop(), segment),
                report == null ? 0 : report.rowsRead(),
                report == null ? 0 : report.rowsRejected(),
                LedgerJson.problems(checking.allProblems()),
                checking.problemsTotal(),
                LedgerJson.problems(checking.allWarnings()));
    }

    /** The plan of a sound import. */
    Imports.Plan plan(Checking checking) {
        Options options = Objects.requireNonNull(checking.options());
        CheckReport report = Objects.requireNonNull(checking.report());
        Mark content = Objects.requireNonNull(checking.content());
        return new Imports.Plan(
                options.clear(),
                ResendClass.of(options, funnels(checking, options), hasTagColumns(report), report.tagReplaceColumns()),
                LedgerJson.fields(FormFields.of(options, names)),
                report.header(),
                content.size(),
                content.mtimeNanos(),
                report.chunks(),
                options.settings().segment() instanceof SegmentRef.Create);
    }

    private static boolean funnels(Checking checking, Options options) {
        return options.settings().segment() instanceof SegmentRef.Id(long id)
                && checking.drop()
                        .policy()
                        .segment(id)
                        .map(SegmentPolicy::funnels)
                        .orElse(false);
    }

    private static boolean hasTagColumns(CheckReport report) {
        return report.columns().stream()
                .anyMatch(Set.of(
                        "tag-add",
                        "tag-remove",
                        "tag-replace",
                        "subscriber-tag-add",
                        "subscriber-tag-remove",
                        "subscriber-tag-replace")::contains);
    }
}
