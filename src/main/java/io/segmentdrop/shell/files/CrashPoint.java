package io.segmentdrop.shell.files;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The named places at which the program can be made to end as if it was killed, so that a test can prove what a restart
 * makes of each. The system property {@value #PROPERTY} names one of them, with a count after a colon if it is not to
 * be the first time ({@code send.recorded:2}). Nothing happens without it.
 */
public enum CrashPoint {
    /** A pair of an SFTP server is in the spool under temporary names, and the ledger knows. */
    MIRROR_RECORDED,
    /** One file of it has its name in the spool, the other not. */
    MIRROR_ONE_PLACED,
    /** Both have; the ledger does not know, and the server still has them. */
    MIRROR_PLACED,
    /** The pair was removed from the server; the ledger does not know. */
    MIRROR_REMOVED,
    /** The ledger knows that a take begins; no file was moved. */
    TAKE_RECORDED,
    /** One file of a pair is in custody, the other still in the drop. */
    TAKE_ONE_MOVED,
    /** The pair is in custody; the ledger does not know. */
    TAKE_MOVED,
    /** The ledger knows that the pair is in custody. */
    TAKE_DONE,
    /** The ledger knows that a check begins. */
    CHECK_BEGUN,
    /** The checked rows are on disk; there is no plan yet. */
    CHECK_WRITTEN,
    /** The plan, or the verdict, is in the ledger. */
    CHECK_PLANNED,
    /** The attempt is in the ledger; the connection is not opened. */
    SEND_RECORDED,
    /** The answer is there; the ledger does not know. */
    SEND_ANSWERED,
    /** The outcome of the attempt is in the ledger. */
    SEND_DONE,
    /** The manifest, and the reason of a dead letter, are written; nothing was moved. */
    SETTLE_REASON,
    /** The files are in archive or dead-letter; the ledger does not know. */
    SETTLE_MOVED,
    /** The ledger knows that the files were put away, and that the receipt is written. */
    SETTLE_DONE,
    /** The receipt is written; the ledger does not know. */
    RECEIPT_WRITTEN,
    /** After a restart: takes that were begun are finished or undone, open attempts are not looked at yet. */
    RECOVERY_TAKES,
    /** After a restart: open attempts are in doubt; nothing has started yet. */
    RECOVERY_ATTEMPTS;

    /** The system property that names the place. */
    public static final String PROPERTY = "segment-drop.crash-at";

    /** The exit code, that of a process that was killed. */
    public static final int EXIT = 137;

    private static final @Nullable String WANTED = System.getProperty(PROPERTY);
    private static final AtomicInteger LEFT = new AtomicInteger(count(WANTED));

    /** As the property names it: {@code take.recorded}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }

    /** Ends the program here, without any farewell, if it was told to. */
    public void hit() {
        if (WANTED != null && WANTED.split(":", 2)[0].equals(word()) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private static int count(@Nullable String wanted) {
        return wanted != null && wanted.contains(":") ? Integer.parseInt(wanted.split(":", 2)[1]) : 1;
    }
}
