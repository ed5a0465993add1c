package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How checks end: each branch of {@code 20-check} is a method here, and each is one transaction of the ledger. */
public final class CheckEnds {

    private static final Logger LOG = LoggerFactory.getLogger(CheckEnds.class);

    private final Imports imports;
    private final Conclusion conclusion;
    private final InstantSource clock;

    public CheckEnds(Imports imports, Conclusion conclusion, InstantSource clock) {
        this.imports = imports;
        this.conclusion = conclusion;
        this.clock = clock;
    }

    /** What the check came to. */
    public CheckVerdict verdict(Checking checking) {
        Imports.Checked found = conclusion.checked(checking);
        return new CheckVerdict(kind(checking, found), checking, found, null);
    }

    private CheckVerdict.Kind kind(Checking checking, Imports.Checked found) {
        if (imports.get(checking.row().id()).state().isFinal()) {
            return CheckVerdict.Kind.ENDED;
        }
        if (checking.refusal() != null) {
            return CheckVerdict.Kind.REJECTED;
        }
        return found.dryRun() ? CheckVerdict.Kind.CHECKED : CheckVerdict.Kind.SOUND;
    }

    /** The pair is refused; the partner hears of every fault at once. */
    public void rejected(Exchange exchange) {
        CheckVerdict verdict = verdict(exchange);
        Problem refusal = Objects.requireNonNull(verdict.checking().refusal());
        conclude(exchange, verdict, ImportState.REJECTED, refusal.code(), refusal.message());
    }

    /** A dry run ends here. */
    public void checked(Exchange exchange) {
        conclude(exchange, verdict(exchange), ImportState.CHECKED, null, "a dry run; nothing was sent");
    }

    /** A person ended the import while it was checked, which stands. */
    public void left(Exchange exchange) {
        LOG.info(
                "{} was ended by a person while it was checked",
                verdict(exchange).checking().row().id());
        end(exchange);
    }

    /** The import waits in its lane to be sent, unless its requestId was used before. */
    public CheckVerdict plan(Exchange exchange) {
        CheckVerdict verdict = verdict(exchange);
        String id = verdict.checking().row().id();
        Imports.Plan plan = conclusion.plan(verdict.checking());
        Optional<ImportRow> earlier = imports.plan(id, verdict.found(), plan, clock.instant());
        if (earlier.isPresent()) {
            return verdict.now(kind(verdict.found(), earlier.get()), earlier.get());
        }
        LOG.info(
                "{} planned: {} rows in {} chunks for segment {}",
                id,
                plan.chunks().stream().mapToLong(c -> c.rows()).sum(),
                plan.chunks().size(),
                verdict.found().segment());
        end(exchange);
        return verdict.now(CheckVerdict.Kind.PLANNED, null);
    }

    private static CheckVerdict.Kind kind(Imports.Checked found, ImportRow earlier) {
        boolean same = Objects.equals(found.sha256(), earlier.sha256())
                && Objects.equals(found.optionsHash(), earlier.optionsHash());
        return same ? CheckVerdict.Kind.DUPLICATE : CheckVerdict.Kind.REUSED;
    }

    /** The same under the same requestId is not sent again. */
    public void duplicate(Exchange exchange) {
        CheckVerdict verdict = verdict(exchange);
        String reason = "the same requestId and content as import " + earlier(verdict);
        conclude(exchange, verdict, ImportState.DUPLICATE, Code.DUPLICATE_REQUEST, reason);
    }

    /** Something else under a requestId that was used is refused. */
    public void reused(Exchange exchange) {
        CheckVerdict verdict = verdict(exchange);
        String reason = "expected a new requestId for other content, found the one of import " + earlier(verdict);
        conclude(exchange, verdict, ImportState.REJECTED, Code.REQUEST_ID_REUSED, reason);
    }

    private static String earlier(CheckVerdict verdict) {
        return Objects.requireNonNull(verdict.earlier()).id();
    }

    private static CheckVerdict verdict(Exchange exchange) {
        return Piece.body(exchange, CheckVerdict.class);
    }

    private void conclude(
            Exchange exchange, CheckVerdict verdict, ImportState state, @Nullable Code code, String reason) {
        imports.conclude(verdict.checking().row().id(), verdict.found(), state, code, reason, clock.instant());
        end(exchange);
    }

    private static void end(Exchange exchange) {
        Piece.settle(exchange);
        CrashPoint.CHECK_PLANNED.hit();
    }
}
