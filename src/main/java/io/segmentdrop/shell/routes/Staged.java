package io.segmentdrop.shell.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.split.Digests;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Mark;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the file that is sent from against its plan, before each attempt is recorded. The content decides, not the time of
 * change: a home that came back from a backup or was copied has other times. Where the time alone differs, the file is hashed
 * once and the new time remembered; another content holds the import.
 */
public final class Staged {

    private static final Logger LOG = LoggerFactory.getLogger(Staged.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int PAGE = 1 << 18;
    private static final Mark NONE = new Mark(-1, 0, "");

    private final Home home;
    private final Imports imports;

    public Staged(Home home, Imports imports) {
        this.home = home;
        this.imports = imports;
    }

    /** The head as it may be attempted; empty if not now, which the import's row says. */
    Optional<Claims.Head> asPlanned(Claims.Head head, Instant now) {
        ImportRow row = head.row();
        if (head.chunk().number() == 0) {
            return Optional.of(head);
        }
        try {
            Path file = Home.sent(home.work(row.id()));
            Mark found = Mark.of(file).orElse(NONE);
            String other = difference(row, file, found);
            if (other == null) {
                return Optional.of(remembered(head, found));
            }
            hold(row, other, now);
        } catch (Opener.NoRegularFile e) {
            hold(row, "something else", now);
        } catch (IOException e) {
            LOG.warn("{} cannot be sent now: {}; tried again in {} s.", row.id(), Printable.of(e), PAUSE.toSeconds());
            imports.checkLater(row.id(), now.plus(PAUSE));
        }
        return Optional.empty();
    }

    /** What is found instead of what was planned; null if nothing is. */
    private @Nullable String difference(ImportRow row, Path file, Mark found) throws IOException {
        if (!Objects.equals(found.size(), row.contentSize())) {
            return found.equals(NONE) ? "none" : found.size() + " bytes";
        }
        boolean same = Objects.equals(found.mtimeNanos(), row.contentMtime()) || isContentPlanned(row, file);
        return same ? null : "other bytes";
    }

    private void hold(ImportRow row, String found, Instant now) {
        String reason = "expected the file that was checked, of %d bytes, found %s; %s"
                .formatted(row.contentSize(), found, Code.STAGED_HASH_MISMATCH.remedy());
        imports.hold(row.id(), Code.STAGED_HASH_MISMATCH, reason, now);
    }

    private Claims.Head remembered(Claims.Head head, Mark found) {
        if (Objects.equals(found.mtimeNanos(), head.row().contentMtime())) {
            return head;
        }
        String id = head.row().id();
        imports.staged(id, found.mtimeNanos());
        LOG.info(
                "{} has another time of change, as after a restore, and the content that was planned; it goes on.", id);
        return new Claims.Head(imports.get(id), head.chunk(), head.probe());
    }

    /** Every byte that is or was sent belongs to a chunk, and each chunk has its hash. */
    private boolean isContentPlanned(ImportRow row, Path file) throws IOException {
        byte[] header = Objects.requireNonNull(row.header()).getBytes(UTF_8);
        try (FileChannel rows = Opener.file(file)) {
            for (ChunkRow chunk : imports.chunks(row.id())) {
                if (chunk.number() > 0 && !sha256(header, rows, chunk).equals(chunk.sha256())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String sha256(byte[] header, FileChannel rows, ChunkRow chunk) throws IOException {
        MessageDigest digest = Digests.sha256();
        digest.update(header);
        byte[] page = new byte[Math.clamp(chunk.byteLength(), 1, PAGE)];
        long end = chunk.byteOffset() + chunk.byteLength();
        for (long at = chunk.byteOffset(); at < end; ) {
            int read = rows.read(ByteBuffer.wrap(page, 0, (int) Math.min(page.length, end - at)), at);
            if (read < 0) {
                throw new EOFException("expected " + (end - at) + " more bytes, found the end");
            }
            digest.update(page, 0, read);
            at += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
