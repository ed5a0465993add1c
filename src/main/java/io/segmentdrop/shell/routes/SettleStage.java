package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.settle.Place;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.FolderMove;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.Metrics;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import io.segmentdrop.shell.ledger.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an import that has ended into archive or dead-letter, whole; run again after a kill it finds what it
 * did and goes on.
 *
 * <p>Promise: manifest and reason are on disk, by bytes and by name, before the folder moves, and the move is before the
 * ledger says that it is done. That it is done is recorded together with the receipt: until then a kill leads back here,
 * where a folder that was moved is found moved.
 */
public final class SettleStage {

    private static final Logger LOG = LoggerFactory.getLogger(SettleStage.class);
    private static final String PUT_AWAY = "putAway";

    private final Home home;
    private final Disk disk;
    private final Imports imports;
    private final Browse book;
    private final Manifests manifests;
    private final ObjectMapper json;
    private final Metrics metrics;
    private final Untold untold;

    public SettleStage(
            Home home,
            Disk disk,
            Imports imports,
            Browse book,
            Manifests manifests,
            ObjectMapper json,
            Metrics metrics,
            Untold untold) {
        this.home = home;
        this.disk = disk;
        this.imports = imports;
        this.book = book;
        this.manifests = manifests;
        this.json = json;
        this.metrics = metrics;
        this.untold = untold;
    }

    /** Whether the import ended well, or was refused to its sender, and is not put away yet. */
    public boolean isForArchive(Exchange exchange) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        return row.state().isFinal() && !row.settled() && !row.state().isDeadLetter();
    }

    /** Whether it could not be delivered, and is not put away yet. */
    public boolean isForDeadLetter(Exchange exchange) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        return row.state().isFinal() && !row.settled() && row.state().isDeadLetter();
    }

    /** Moves the files into the archive. */
    public void archive(Exchange exchange) throws IOException {
        move(exchange, "");
    }

    /** Moves the files into the dead letters, with the reason beside them. */
    public void deadLetter(Exchange exchange) throws IOException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        move(exchange, "; kept in " + home.root().relativize(place(home, row)));
    }

    private void move(Exchange exchange, String where) throws IOException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        Path work = home.work(row.id());
        if (Files.isDirectory(work, LinkOption.NOFOLLOW_LINKS)) {
            describe(row, work);
        }
        new FolderMove(disk).move(work, place(home, row));
        CrashPoint.SETTLE_MOVED.hit();
        exchange.setVariable(PUT_AWAY, true);
        metrics.ended(row.dropName(), row.state().partnerWord());
        log(row, where);
    }

    /** Nobody reads the folder before it has moved, so that what a kill leaves half written is written anew. */
    private void describe(ImportRow row, Path work) throws IOException {
        disk.writeAnew(work.resolve(Home.MANIFEST), manifests.of(row.id()));
        if (row.state().isDeadLetter()) {
            disk.writeAnew(work.resolve(Home.REASON), reason(row));
        }
        // the manifest says more
        disk.remove(work.resolve(Home.TAKE));
        disk.forceFolder(work);
        CrashPoint.SETTLE_REASON.hit();
    }

    /** The one line of the log about an import's end or hold: what, why and what comes next. */
    static void log(ImportRow row, String where) {
        String line = "%s %s: %s from drop %s%s%s%s"
                .formatted(
                        row.id(),
                        row.state().partnerWord(),
                        Printable.of(row.fileName()),
                        row.dropName(),
                        why(row),
                        where,
                        next(row));
        switch (row.state()) {
            case HELD, UNDELIVERABLE -> LOG.warn("{}", line);
            case TAKEN, READY, DELIVERED, REJECTED, DUPLICATE, CHECKED, DISCARDED -> LOG.info("{}", line);
        }
    }

    private static String why(ImportRow row) {
        String code = row.code() == null ? "" : ": " + row.code();
        return row.state() == ImportState.DELIVERED || row.reason() == null
                ? code
                : code + ": " + Printable.of(row.reason());
    }

    private static String next(ImportRow row) {
        return switch (row.state()) {
            case HELD -> "; its lane waits until somebody releases or discards it";
            case UNDELIVERABLE -> "; mend the cause and replay it";
            case REJECTED -> "; the sender has a receipt that says what to mend";
            case DISCARDED -> "; it can be replayed";
            case TAKEN, READY, DELIVERED, DUPLICATE, CHECKED -> "";
        };
    }

    /** Where the files of an import lie now. */
    public static Path place(Home home, ImportRow row) {
        if (!row.state().isFinal()) {
            return home.work(row.id());
        }
        Instant ended = Instant.ofEpochMilli(Objects.requireNonNull(row.finishedAt()));
        Path place = home.root();
        for (String segment : Place.of(
                        row.state(), row.dropName(), row.id(), LocalDate.ofInstant(ended, ZoneOffset.UTC))
                .segments()) {
            place = place.resolve(segment);
        }
        return place;
    }

    private byte[] reason(ImportRow row) throws JsonProcessingException {
        Answer answer = book.lastAnswer(row.id()).orElse(null);
        return json.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(
                        Receipts.of(row, imports.chunks(row.id()), null).reason(answer));
    }

    /** Records that the partner knows this state of things, and that the files were put away, if they were. */
    public void told(Exchange exchange) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        if (isPutAway(exchange)) {
            imports.tellings().settledAndTold(row.id(), row.revision());
            CrashPoint.SETTLE_DONE.hit();
        } else {
            imports.tellings().told(row.id(), row.revision());
        }
        Piece.settle(exchange);
        boolean wasOwed = untold.told(row.dropName(), row.id());
        if (row.state() == ImportState.HELD && !wasOwed) {
            log(row, "");
        }
    }

    /** Whether the files were put away on this exchange, which is to be recorded also if the partner cannot be told. */
    static boolean isPutAway(Exchange exchange) {
        return exchange.getVariable(PUT_AWAY) != null;
    }
}
