package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.camel.SftpRefused;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.health.DropBoard;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries receipts and rejects from the spool to the server. Those in the spool are durable, so that a server that is away
 * gets them later, the newest of each name; nothing is ever sent again for their sake. Not thread-safe.
 */
final class SftpReceipts {

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final String RECEIPTS = "receipts";
    private static final String RECEIPT = ".receipt.json";
    private static final String REJECTS = ".rejects.csv";

    private final DropFolder spool;
    private volatile @Nullable String refusal;
    private Duration again = Duration.ZERO;

    SftpReceipts(DropFolder spool) {
        this.spool = spool;
    }

    /** @param elapsed by the ticker */
    void carry(SftpFolder folder, Duration elapsed) throws IOException {
        List<DropFolder.Outgoing> receipts = elapsed.compareTo(again) < 0 ? List.of() : spool.receipts();
        if (receipts.isEmpty()) {
            return;
        }
        try {
            folder.makeFolder(RECEIPTS);
            for (DropFolder.Outgoing rejects : receipts) {
                if (!rejects.name().endsWith(RECEIPT)) {
                    write(folder, rejects);
                }
            }
            for (DropFolder.Outgoing receipt : receipts) {
                if (receipt.name().endsWith(RECEIPT)) {
                    carry(folder, receipt);
                }
            }
            refusal = null;
        } catch (SftpRefused e) {
            refusal = String.valueOf(e.getMessage());
            again = elapsed.plus(AGAIN);
        }
    }

    /** The rejects that a final receipt names were written before it: the receipt is opened first and carried last. */
    private void carry(SftpFolder folder, DropFolder.Outgoing receipt) throws IOException {
        try (InputStream content = Opener.stream(receipt.file())) {
            String csv = receipt.name().substring(0, receipt.name().length() - RECEIPT.length());
            Optional<DropFolder.Outgoing> rejects = spool.receipt(csv + REJECTS);
            if (rejects.isPresent()) {
                write(folder, rejects.get());
            }
            folder.write(RECEIPTS, receipt.name(), content);
        }
        spool.removeReceipt(receipt);
    }

    private void write(SftpFolder folder, DropFolder.Outgoing file) throws IOException {
        try (InputStream content = Opener.stream(file.file())) {
            folder.write(RECEIPTS, file.name(), content);
        }
        spool.removeReceipt(file);
    }

    /** What the drop's health says of it. */
    Optional<DropBoard.Note> note() {
        return Optional.ofNullable(refusal)
                .map(found -> new DropBoard.Note(
                        Code.SRC_RECEIPTS_REFUSED,
                        "expected the server to let receipts be written, found " + found + "; they are kept"));
    }
}
