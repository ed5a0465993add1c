package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CsvCheck;
import io.segmentdrop.core.check.RulesOf;
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
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * The check of one import: sidecar and options, then every row, then the plan. Nothing is sent before all three are done;
 * a check that is cut off begins anew from the files in custody and comes to the same end.
 */
public final class CheckStage {

    /** So often a check may end with the program's own end before the file is taken for its cause. */
    static final int CUT_OFF = 10;

    private static final int SIDECAR_LIMIT = (64 << 10) + 1;

    private final Drops drops;
    private final Home home;
    private final Disk disk;
    private final Imports imports;
    private final FieldNames names;
    private final Metrics metrics;
    private final Executor hashing;
    private final Draining draining;

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
            Metrics metrics,
            Executor hashing,
            Draining draining) {
        this.drops = drops;
        this.home = home;
        this.disk = disk;
        this.imports = imports;
        this.names = names;
        this.metrics = metrics;
        this.hashing = hashing;
        this.draining = draining;
    }

    /**
     * The sidecar, or why the pair is refused whatever it says.
     *
     * @throws HeldException if the drop is no longer configured, or the file may not be read
     */
    public Sidecar sidecar(ImportRow row) throws IOException, HeldException {
        if (imports.checkBegins(row.id()) > CUT_OFF) {
            throw new IllegalStateException("the check was begun " + CUT_OFF + " times and never came to an end");
        }
        CrashPoint.CHECK_BEGUN.hit();
        drop(row);
        if (row.code() != null) {
            return Sidecar.refused(
                    Problem.of(row.code(), row.reason() == null ? row.code().meaning() : row.reason()));
        }
        try (InputStream in = open(row, Home.SIDECAR)) {
            return new Sidecar(in.readNBytes(SIDECAR_LIMIT), null);
        } catch (Opener.NoRegularFile e) {
            return Sidecar.refused(noFile("sidecar"));
        }
    }

    private Drop drop(ImportRow row) throws HeldException {
        return drops.find(row.dropName())
                .orElseThrow(() -> new HeldException(Code.DROP_GONE, DropGone.sentence(row.dropName())));
    }

    /** What the partner dropped bars us from reading it, though it is in our custody: no retry mends that. */
    private InputStream open(ImportRow row, String name) throws IOException, HeldException {
        try {
            return Opener.stream(home.work(row.id()).resolve(name));
        } catch (AccessDeniedException e) {
            throw new HeldException(
                    Code.SRC_PERMISSION,
                    "expected the right to read the files in custody (work/" + row.id()
                            + "), found that their owner gave none; give segment-drop's account the right and release"
                            + " it, or discard it and have the pair dropped again");
        }
    }

    /** The refusal of a pair whose sidecar is not read. */
    public Checking refuse(Exchange exchange) throws HeldException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        Problem fault =
                Objects.requireNonNull(Piece.body(exchange, Sidecar.class).fault());
        return Checking.refused(drop(row), row, List.of(fault), List.of());
    }

    /** The options that follow from the sidecar and the drop's policy. */
    public Checking options(Exchange exchange) throws HeldException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        return options(drop(row), row, Piece.body(exchange, SidecarParser.Parsed.class));
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

    /** What an older release took, or somebody with a right to the home put there: no fault of the machine. */
    private static Problem noFile(String which) {
        return Problem.of(
                Code.NAME_NOT_REGULAR_FILE,
                "expected a regular file for the " + which + ", found something else in custody; drop both again");
    }

    /** Reads the whole CSV; writes what is refused, and what is sent if it differs, and fsyncs both. */
    public Checking rows(Checking checking) throws IOException, HeldException {
        Path source = home.work(checking.row().id()).resolve(Home.SOURCE);
        Mark before = Mark.of(source).orElseThrow(() -> new NoSuchFileException(Home.SOURCE));
        try {
            Checking checked = rows(checking, before.size());
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

    private Checking rows(Checking checking, long size) throws IOException, HeldException {
        CheckReport report;
        Path sent;
        try (InputStream in = draining.cutOff(open(checking.row(), Home.SOURCE));
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
}
