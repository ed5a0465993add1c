package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Custody;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.LedgerJson;
import io.segmentdrop.shell.ledger.TakeNote;
import io.segmentdrop.shell.ledger.Takes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes pairs into custody. Promise: recorded before a file is moved; after a kill at any point the take is finished or
 * undone at the next start, and counts once.
 */
public final class TakeStage {

    private static final Logger LOG = LoggerFactory.getLogger(TakeStage.class);
    private static final int LOT = 32;

    /** A take that the ledger knows of. */
    private record Begun(String id, String file, List<List<String>> sources) {

        static Begun of(ImportRow row) {
            return new Begun(row.id(), row.fileName(), LedgerJson.texts(row.sources()));
        }

        List<Custody.Item> items() {
            return sources.stream()
                    .map(item -> new Custody.Item(item.get(0), item.get(1), item.get(2)))
                    .toList();
        }
    }

    private final Drops drops;
    private final Lanes lanes;
    private final Home home;
    private final Custody custody;
    private final Reserve reserve;
    private final Imports imports;
    private final ImportIds ids;
    private final Nudge nudge;
    private final Together together;
    private final BiConsumer<String, Code> exchanged;
    private final InstantSource clock;
    private final Map<String, String> faults = new ConcurrentHashMap<>();
    private final Map<String, String> silences = new ConcurrentHashMap<>();
    private final Map<String, String> full = new ConcurrentHashMap<>();

    public TakeStage(
            Drops drops,
            Lanes lanes,
            Home home,
            Custody custody,
            Reserve reserve,
            Imports imports,
            ImportIds ids,
            Nudge nudge,
            Together together,
            BiConsumer<String, Code> exchanged,
            InstantSource clock) {
        this.drops = drops;
        this.lanes = lanes;
        this.home = home;
        this.custody = custody;
        this.reserve = reserve;
        this.imports = imports;
        this.ids = ids;
        this.nudge = nudge;
        this.together = together;
        this.exchanged = exchanged;
        this.clock = clock;
    }

    /**
     * Takes the pairs that one look found complete: recorded in their order by one commit, then moved side by side, since
     * the disk forces many files as fast as one, and in custody by one commit. Many are taken in several such lots, so that
     * the first are checked while the last are taken. A fault of the disk leaves the rest of a pair in the drop, and
     * {@link #goOn} goes on.
     */
    public void take(List<Complete> pairs) {
        Drop drop = pairs.getFirst().drop();
        try {
            Set<String> begun = imports.takes().unfinished(drop.name()).stream()
                    .map(ImportRow::fileName)
                    .collect(Collectors.toUnmodifiableSet());
            List<Complete> fresh = pairs.stream()
                    .filter(pair -> !begun.contains(pair.ready().what().csvName()))
                    .toList();
            for (int from = 0; from < fresh.size() && !full.containsKey(drop.name()); from += LOT) {
                takeLot(drop, fresh.subList(from, Math.min(from + LOT, fresh.size())));
            }
            silences.remove(drop.name());
        } catch (DataAccessException | TransactionException e) {
            ledgerIsSilent(drop, e);
        }
    }

    private void takeLot(Drop drop, List<Complete> pairs) {
        List<Takes.Take> takes = pairs.stream().map(this::plan).toList();
        imports.takes().intend(takes, clock.instant());
        pairs.forEach(Complete::recorded);
        CrashPoint.TAKE_RECORDED.hit();
        finish(
                drop,
                takes.stream()
                        .map(take -> new Begun(take.id(), take.file(), take.sources()))
                        .toList());
    }

    /** Finishes or undoes the takes that an earlier run began. */
    public void recover() {
        drops.all().forEach(this::goOn);
    }

    /**
     * Finishes or undoes the takes of this drop that were begun and met a kill or a fault of the disk.
     *
     * @return why there is no room for one of them; empty if there is
     */
    public Optional<String> goOn(Drop drop) {
        full.remove(drop.name());
        try {
            List<Begun> begun = imports.takes().unfinished(drop.name()).stream()
                    .map(Begun::of)
                    .toList();
            // what is not in another folder is not gone
            if (!begun.isEmpty() && drop.folder().isItself()) {
                finish(drop, begun);
            }
        } catch (DataAccessException | TransactionException e) {
            ledgerIsSilent(drop, e);
        }
        return Optional.ofNullable(full.get(drop.name()));
    }

    /** One line, however often the drop is scanned meanwhile. */
    private void ledgerIsSilent(Drop drop, Exception e) {
        String fault = e.getClass().getSimpleName();
        if (!fault.equals(silences.put(drop.name(), fault))) {
            LOG.warn(
                    "Drop {} takes nothing now: the ledger does not answer ({}); tried again at each scan.",
                    drop.name(),
                    fault);
        }
    }

    private void finish(Drop drop, List<Begun> begun) {
        if (begun.isEmpty()) {
            return;
        }
        prepare(begun);
        Map<String, Custody.Result> results = new ConcurrentHashMap<>();
        together.each(begun, one -> take(drop, one).ifPresent(result -> results.put(one.id(), result)));
        List<Begun> taken = begun.stream()
                .filter(one -> results.containsKey(one.id()) && results.get(one.id()) != Custody.Result.UNDONE)
                .toList();
        if (!taken.isEmpty() && leave(drop, taken)) {
            CrashPoint.TAKE_MOVED.hit();
            record(drop, taken, results);
        }
        begun.stream()
                .filter(one -> results.get(one.id()) == Custody.Result.UNDONE)
                .forEach(one -> imports.takes().undo(one.id()));
    }

    private void prepare(List<Begun> begun) {
        try {
            List<Path> works = begun.stream().map(one -> home.work(one.id())).toList();
            custody.prepare(Objects.requireNonNull(works.getFirst().getParent()), works);
        } catch (IOException e) {
            // each take finds it again, and says so
        }
    }

    /** Empty if the disk did not let us. */
    private Optional<Custody.Result> take(Drop drop, Begun one) {
        try {
            Path work = home.work(one.id());
            Custody.Result result = custody.take(drop.folder().path(), work, one.items());
            if (result != Custody.Result.UNDONE) {
                TakeNote note = new TakeNote(drop.name(), one.file(), one.sources(), null);
                custody.note(work.resolve(Home.TAKE), note.json());
            }
            faults.remove(one.id());
            return result == Custody.Result.TAKEN || drop.folder().isItself() ? Optional.of(result) : Optional.empty();
        } catch (IOException e) {
            if (reserve.isFull(e)) {
                // the drop is closed for it, which is told once
                full.put(drop.name(), Printable.of(e));
            } else {
                cannot(drop, one, e);
            }
            return Optional.empty();
        }
    }

    private boolean leave(Drop drop, List<Begun> taken) {
        try {
            custody.leave(drop.folder().path());
            return true;
        } catch (IOException e) {
            taken.forEach(one -> cannot(drop, one, e));
            return false;
        }
    }

    private void cannot(Drop drop, Begun one, IOException e) {
        String fault = Printable.of(e);
        if (!fault.equals(faults.put(one.id(), fault))) {
            LogFields fields = LogFields.of(one.id(), drop.name());
            LOG.warn(
                    "{} cannot be taken: {} from drop {}: {}; tried again at each scan.",
                    one.id(),
                    Printable.of(one.file()),
                    drop.name(),
                    fault);
            fields.clear();
        }
    }

    private void record(Drop drop, List<Begun> taken, Map<String, Custody.Result> results) {
        List<Takes.Taken> recorded = taken.stream()
                .map(one -> new Takes.Taken(one.id(), fault(one, results.get(one.id()))))
                .toList();
        imports.takes().inCustody(recorded, clock.instant());
        for (Takes.Taken one : recorded) {
            if (one.missing() != null) {
                exchanged.accept(drop.name(), one.missing().code());
            }
        }
        CrashPoint.TAKE_DONE.hit();
        for (Begun one : taken) {
            LogFields fields = LogFields.of(one.id(), drop.name());
            LOG.info("{} taken: {} from drop {}", one.id(), Printable.of(one.file()), drop.name());
            fields.clear();
        }
        nudge.give();
    }

    /** What the sender exchanged, changed or removed between the look and the take. */
    private @Nullable Problem fault(Begun one, Custody.@Nullable Result result) {
        return switch (Objects.requireNonNull(result)) {
            // what cannot be read is met again by the check, which holds it until somebody gives the right
            case TAKEN, UNDONE, UNREADABLE -> null;
            case IN_PART -> missing(one);
            case CHANGED ->
                Problem.of(
                        Code.SRC_CHANGED,
                        "expected the files that were seen, found another or another size; drop both again");
            case LINKED ->
                Problem.of(Code.NAME_HARD_LINK, "expected a file with one name, found a second name; drop a copy");
            case NO_FILE ->
                Problem.of(
                        Code.NAME_NOT_REGULAR_FILE,
                        "expected regular files, found a link, a pipe, a device or a folder; drop the files"
                                + " themselves");
        };
    }

    /** What the sender changed or removed while the pair was taken; what lies in the drop by now is a drop of its own. */
    private Problem missing(Begun row) {
        boolean isCsvThere = Disk.isThere(home.work(row.id()).resolve(Home.SOURCE));
        return isCsvThere
                ? Problem.of(
                        Code.SIDE_MISSING, "expected the sidecar as it was, found it changed or gone; drop both again")
                : Problem.of(Code.CSV_MISSING, "expected the CSV as it was, found it changed or gone; drop both again");
    }

    private Takes.Take plan(Complete complete) {
        Candidate what = complete.ready().what();
        Problem verdict = verdict(complete);
        Sidecars.Said said = verdict == null ? complete.said() : Sidecars.Said.NOTHING;
        return new Takes.Take(
                ids.next(),
                complete.drop().name(),
                what.csvName(),
                sources(what),
                lane(complete.drop(), said),
                said.segment(),
                verdict == null ? null : verdict.code(),
                verdict == null ? null : verdict.message());
    }

    private @Nullable String lane(Drop drop, Sidecars.Said said) {
        if (said.segment() != null) {
            return lanes.of(said.segment());
        }
        return said.creates() == null ? null : lanes.ofCreated(drop, said.creates());
    }

    /** Why the pair is refused whatever it holds. */
    private static @Nullable Problem verdict(Complete complete) {
        Code orphan = complete.ready().orphan();
        if (orphan != null) {
            return Problem.of(orphan, orphan.meaning() + "; " + orphan.remedy());
        }
        return complete.ready().what().entries().stream()
                .map(Names::judge)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<List<String>> sources(Candidate what) {
        List<List<String>> sources = new ArrayList<>();
        for (Entry entry : what.entries()) {
            String as = name(what, entry, sources.size());
            sources.add(List.of(entry.name(), new Mark(entry.size(), entry.mtimeNanos(), entry.identity()).text(), as));
        }
        return sources;
    }

    private static String name(Candidate what, Entry entry, int index) {
        return switch (what) {
            case Candidate.Pair pair -> entry.equals(pair.csv()) ? Home.SOURCE : Home.SIDECAR;
            case Candidate.LoneCsv lone -> Home.SOURCE;
            case Candidate.LoneSidecar lone -> Home.SIDECAR;
            case Candidate.Ambiguous ambiguous -> entry.equals(ambiguous.csv()) ? Home.SOURCE : "other-" + index;
            case Candidate.Ignored ignored -> throw new IllegalStateException("what is ignored is never taken");
        };
    }
}
