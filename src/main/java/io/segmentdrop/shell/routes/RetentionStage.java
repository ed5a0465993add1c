package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Removal;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.Forgetting;
import io.segmentdrop.shell.ledger.ImportIds;
import io.segmentdrop.shell.ledger.ImportRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has ended and is old enough: first the files and the API's answers, much later the ledger's rows, which go
 * only when the files have gone. Never what is open or held; never files that the ledger does not know, unless they lie
 * where dead letters do and have lain there as long. What must stay in the ledger stands on {@link Forgetting}. Cut off
 * anywhere, the next look goes on. The log tells numbers and no names.
 *
 * <p>A ledger must not be restored from a backup that is older than {@code archive-days}: what ended since then and was
 * removed has no manifest left to tell that it was sent. Such imports have no files either and are held, not sent.
 */
public final class RetentionStage {

    /**
     * How long what has ended is kept; {@link Duration#ZERO} is for ever.
     *
     * @param archive the files of archive; {@code deadLetter}: those of dead-letter; {@code ledger}: the ledger's rows
     */
    public record Ages(Duration archive, Duration deadLetter, Duration ledger) {}

    private static final Logger LOG = LoggerFactory.getLogger(RetentionStage.class);
    private static final int FOLDERS = 200;
    private static final int ROWS = 100;

    private final Home home;
    private final Removal removal;
    private final Forgetting forgetting;
    private final Metrics metrics;
    private final Ages ages;

    public RetentionStage(Home home, Removal removal, Forgetting forgetting, Metrics metrics, Ages ages) {
        this.home = home;
        this.removal = removal;
        this.forgetting = forgetting;
        this.metrics = metrics;
        this.ages = ages;
    }

    /** Removes a batch of folders. */
    public void files(Exchange exchange) throws IOException {
        RetentionWork.Look look = Piece.of(exchange, RetentionWork.Look.class);
        int archived = remove("archive", archived(look.now()), look);
        int dead = remove("dead-letter", dead(look.now()), look);
        int left = remove("work", leftBehind(), look);
        if (archived + dead + left > 0) {
            LOG.info("Removed for their age: the files of {} archived imports and {} dead letters.", archived, dead);
        }
    }

    private int remove(String kind, List<Path> folders, RetentionWork.Look look) {
        int removed = 0;
        int failed = 0;
        for (Path folder : folders) {
            try {
                removal.remove(folder, () -> forgetting.answers(Removal.id(folder)));
                removed++;
            } catch (IOException e) {
                failed++;
            }
        }
        if (failed > 0) {
            LOG.warn("{} folders of {} cannot be removed now; check the disk and the rights.", failed, kind);
        } else if (folders.size() >= FOLDERS) {
            look.more();
        }
        metrics.removed(kind, removed);
        return removed;
    }

    private List<Path> archived(Instant now) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path drop : Removal.folders(home.root().resolve("archive"))) {
            for (Path day : Removal.folders(drop)) {
                folders.addAll(Removal.begun(day));
                if (folders.size() < FOLDERS && isOver(day, now)) {
                    add(day, folders, folder -> !forgetting.knows(Removal.id(folder)) || hasEnded(folder));
                    removal.removeIfEmpty(day);
                }
            }
        }
        return folders;
    }

    /** What ended on a day lies in that day's folder. */
    private boolean isOver(Path day, Instant now) {
        try {
            Instant end = LocalDate.parse(day.getFileName().toString())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return isOld(end, ages.archive(), now);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private List<Path> dead(Instant now) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path drop : Removal.folders(home.root().resolve("dead-letter"))) {
            folders.addAll(Removal.begun(drop));
            add(
                    drop,
                    folders,
                    folder -> mayBeOld(Removal.id(folder), now) && isOld(ended(folder), ages.deadLetter(), now));
        }
        return folders;
    }

    /** It was taken before it ended, so that most need no question; a clock that was set back since has made ids of the future. */
    private boolean mayBeOld(String id, Instant now) {
        Instant taken = ImportIds.time(id);
        return taken.isAfter(now) || isOld(taken, ages.deadLetter(), now);
    }

    private Instant ended(Path folder) throws IOException {
        String id = Removal.id(folder);
        if (forgetting.knows(id)) {
            return forgetting.ended(id).orElse(Instant.MAX);
        }
        return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    /** Nothing that was put away should be in work any more. */
    private List<Path> leftBehind() throws IOException {
        Path work = home.root().resolve("work");
        List<Path> folders = new ArrayList<>(Removal.begun(work));
        add(work, folders, this::hasEnded);
        return folders;
    }

    private boolean hasEnded(Path folder) {
        return forgetting.ended(Removal.id(folder)).isPresent();
    }

    /** Whether a folder goes. */
    @FunctionalInterface
    private interface Question {

        boolean isMet(Path folder) throws IOException;
    }

    private static void add(Path parent, List<Path> folders, Question question) throws IOException {
        for (Path folder : Removal.folders(parent)) {
            if (folders.size() >= FOLDERS) {
                return;
            }
            if (ImportIds.isId(Removal.id(folder)) && question.isMet(folder)) {
                folders.add(folder);
            }
        }
    }

    private static boolean isOld(Instant ended, Duration age, Instant now) {
        return !age.isZero() && ended.isBefore(now.minus(age));
    }

    /** Forgets a batch of imports whose files have gone. */
    public void rows(Exchange exchange) {
        RetentionWork.Look look = Piece.of(exchange, RetentionWork.Look.class);
        if (ages.ledger().isZero()) {
            return;
        }
        Instant before = look.now().minus(ages.ledger());
        List<String> ids = goneBefore(before);
        forgetting.forget(ids);
        int events = forgetting.events(before, ROWS);
        if (ids.size() + events > 0) {
            LOG.info("Forgotten for their age: {} imports and {} events of gates and feeds.", ids.size(), events);
        }
        if (ids.size() == ROWS || events == ROWS) {
            look.more();
        }
        metrics.removed("ledger", ids.size());
    }

    private List<String> goneBefore(Instant before) {
        List<String> ids = new ArrayList<>();
        long after = 0;
        List<ImportRow> rows = forgetting.old(before, after, ROWS);
        while (!rows.isEmpty() && ids.size() < ROWS) {
            for (ImportRow row : rows) {
                if (ids.size() < ROWS && !Files.exists(SettleStage.place(home, row), LinkOption.NOFOLLOW_LINKS)) {
                    ids.add(row.id());
                }
            }
            after = rows.getLast().seq();
            rows = forgetting.old(before, after, ROWS);
        }
        return ids;
    }
}
