package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CsvCheck;
import io.segmentdrop.core.check.RulesOf;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.OptionRules;
import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of one import: sidecar and options, then every row, then the plan. Nothing is sent before all three are done;
 * a check that is cut off begins anew from the files in custody and comes to the same end.
 */
public final class CheckStage {

    private static final Logger LOG = LoggerFactory.getLogger(CheckStage.class);
    /** So often a check may end with the program's own end before the file is taken for its cause. */
    static final int CUT_OFF = 10;

    private static final int SIDECAR_LIMIT = (64 << 10) + 1;

    private final Drops drops;
    private final Home home;
    private final Disk disk;
    private final Imports imports;
    private final FieldNames names;
    private final Conclusion conclusion;
    private final Metrics metrics;
    private final Executor hashing;
    private final Draining draining;
    private final InstantSource clock;

    /**
     * The stage.
     *
     * @param hashing works out the hashes of large files beside their check
     */
    public CheckStage(
            Drops drops,
            Home home,
            Disk disk,
            Imports imports,
            FieldNames names,
            Conclusion conclusion,
            Metrics metrics,
            Executor hashing,
            Draining draining,
            InstantSource clock) {
        this.drops = drops;
        this.home = home;
        this.disk = disk;
        this.imports = imports;
        this.names = names;
        this.conclusion = conclusion;
        this.metrics = metrics;
        this.hashing = hashing;
        this.draining = draining;
        this.clock = clock;
    }

    /** Reads the sidecar and works out the options; throws {@link DropGone} if the drop is no longer configured. */
    public Checking options(ImportRow row) throws IOException {
        if (imports.checkBegins(row.id()) > CUT_OFF) {
            throw new IllegalStateException("the check was begun " + CUT_OFF + " times and never came to an end");
        }
        CrashPoint.CHECK_BEGUN.hit();
        Optional<Drop> found = drops.find(row.dropName());
        if (found.isEmpty()) {
            throw new DropGone(row.dropName());
        }
        Drop drop = found.get();
        if (row.code() != null) {
            Problem verdict =
                    Problem.of(row.code(), row.reason() == null ? row.code().meaning() : row.reason());
            return Checking.refused(drop, row, List.of(verdict), List.of());
        }
        try {
            return options(drop, row, SidecarParser.parse(sidecar(row), row.fileName()));
        } catch (Opener.NoRegularFile e) {
            return Checking.refused(drop, row, List.of(noFile("sidecar")), List.of());
        }
    }

    private Checking options(Drop drop, ImportRow row, SidecarParser.Parsed parsed) {
        if (!parsed.ok()) {
            return Checking.refused(drop, row, parsed.problems(), parsed.notes());
        }
        OptionRules.Resolved resolved = OptionRules.resolve(parsed.settings(), drop.policy(), names);
        List<Problem> warnings = Stream.concat(parsed.notes().stream(), resolved.warnings().stream())
                .toList();
        return new Checking(
                drop, row, parsed.settings(), resolved.options(), resolved.problems(), warnings, null, null);
    }

    private byte[] sidecar(ImportRow row) throws IOException {
        try (InputStream in = Opener.stream(home.work(row.id()).resolve(Home.SIDECAR))) {
            return in.readNBytes(SIDECAR_LIMIT);
        }
    }

    /** What an older release took, or somebody with a right to the home put there: no fault of the machine. */
    private static Problem noFile(String which) {
        return Problem.of(
                Code.NAME_NOT_REGULAR_FILE,
                "expected a regular file for the " + which + ", found something else in custody; drop both again");
    }

    /** Reads the whole CSV; writes what is refused, and what is sent if it differs, and fsyncs both. */
    public Checking rows(Checking checking) throws IOException {
        Path source = home.work(checking.row().id()).resolve(Home.SOURCE);
        Mark before = Mark.of(source).orElseThrow(() -> new NoSuchFileException(Home.SOURCE));
        try {
            Checking checked = rows(checking, source, before.size());
            // the sender may still write into it
            return before.isStill(source)
                    ? checked
                    : checked.refusedBy(Problem.of(
                            Code.SRC_CHANGED,
                            "expected a whole file, found that it is still written to; drop both again"));
        } catch (Opener.NoRegularFile e) {
            return checking.refusedBy(noFile("CSV"));
        }
    }

    private Checking rows(Checking checking, Path source, long size) throws IOException {
        CheckReport report;
        Path sent;
        try (InputStream in = draining.cutOff(Opener.stream(source));
                CheckFiles files = new CheckFiles(home.work(checking.row().id()), size, disk)) {
            report = CsvCheck.check(
                    in,
                    size,
                    RulesOf.of(
                            Objects.requireNonNull(checking.options()),
                            checking.drop().policy(),
                            checking.drop().check()),
                    files.sinks(),
                    hashing);
            sent = files.keep(report);
        }
        CrashPoint.CHECK_WRITTEN.hit();
        metrics.checked(
                checking.drop().name(), (double) report.rowsRead(), (double) report.rowsRejected(), (double) size);
        return checking.with(report, Mark.of(sent).orElse(new Mark(0, 0, "")));
    }

    /** Writes the verdict or the plan into the ledger. */
    public void plan(Checking checking) {
        String id = checking.row().id();
        if (imports.get(id).state().isFinal()) {
            LOG.info("{} was ended by a person while it was checked", id);
            return;
        }
        Imports.Checked checked = conclusion.checked(checking);
        Problem refusal = checking.refusal();
        if (refusal != null) {
            imports.conclude(id, checked, ImportState.REJECTED, refusal.code(), refusal.message(), clock.instant());
        } else if (checked.dryRun()) {
            imports.conclude(id, checked, ImportState.CHECKED, null, "a dry run; nothing was sent", clock.instant());
        } else {
            send(id, checking, checked);
        }
        CrashPoint.CHECK_PLANNED.hit();
    }

    private void send(String id, Checking checking, Imports.Checked checked) {
        Imports.Plan plan = conclusion.plan(checking);
        Optional<ImportRow> earlier = imports.plan(id, checked, plan, clock.instant());
        if (earlier.isPresent()) {
            repeated(id, checked, earlier.get());
            return;
        }
        LOG.info(
                "{} planned: {} rows in {} chunks for segment {}",
                id,
                plan.chunks().stream().mapToLong(c -> c.rows()).sum(),
                plan.chunks().size(),
                checked.segment());
    }

    private void repeated(String id, Imports.Checked checked, ImportRow earlier) {
        boolean same = Objects.equals(checked.sha256(), earlier.sha256())
                && Objects.equals(checked.optionsHash(), earlier.optionsHash());
        if (same) {
            String reason = "the same requestId and content as import " + earlier.id();
            imports.conclude(id, checked, ImportState.DUPLICATE, Code.DUPLICATE_REQUEST, reason, clock.instant());
        } else {
            String reason = "expected a new requestId for other content, found the one of import " + earlier.id();
            imports.conclude(id, checked, ImportState.REJECTED, Code.REQUEST_ID_REUSED, reason, clock.instant());
        }
    }
}
