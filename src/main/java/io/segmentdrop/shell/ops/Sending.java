package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.shell.api.Progress;
import io.segmentdrop.shell.ledger.AttemptRow;
import io.segmentdrop.shell.ledger.Browse;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.ImportRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far imports are: what is accepted by the ledger, and of the open request what is on its way. */
public final class Sending {

    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final Browse browse;
    private final Function<String, Optional<Progress>> open;
    private final InstantSource clock;

    /** @param open how far the open request of an import is, by its id */
    public Sending(Browse browse, Function<String, Optional<Progress>> open, InstantSource clock) {
        this.browse = browse;
        this.open = open;
        this.clock = clock;
    }

    /**
     * How far one import is. Bytes are those of the bodies' rows, as they are sent.
     *
     * @param rowsSent of the chunks that are accepted
     * @param bytesSent of these, and what left of the open request
     * @param sending whether a request is open
     * @param rate bytes in a second; null while nobody can tell, likewise left
     * @param left how long the rest takes at this rate
     */
    public record State(
            int chunks,
            int accepted,
            long rows,
            long rowsSent,
            long bytes,
            long bytesSent,
            boolean sending,
            @Nullable Long rate,
            @Nullable Duration left) {

        /** 0 to 100; 100 only when every chunk is accepted. */
        public int percent() {
            if (accepted == chunks) {
                return 100;
            }
            return bytes == 0 ? 0 : (int) Math.min(99, 100 * bytesSent / bytes);
        }
    }

    /** How far this import is; empty if it has no plan. */
    public Optional<State> of(ImportRow row, List<ChunkRow> planned) {
        List<ChunkRow> chunks =
                planned.stream().filter(chunk -> chunk.number() > 0).toList();
        if (chunks.isEmpty()) {
            return Optional.empty();
        }
        long header = row.header() == null ? 0 : row.header().getBytes(StandardCharsets.UTF_8).length;
        Tally tally = new Tally(header);
        chunks.forEach(tally::add);
        Optional<ChunkRow> sent = planned.stream()
                .filter(chunk -> chunk.state() == ChunkState.SENDING)
                .findFirst();
        long now = sent.map(chunk -> onItsWay(chunk, header)).orElse(0L);
        Long rate = sent.isPresent() ? rate(row.id(), now) : null;
        long missing = tally.bytes - tally.accepted - now;
        return Optional.of(new State(
                chunks.size(),
                tally.chunks,
                tally.rows,
                tally.rowsAccepted,
                tally.bytes,
                tally.accepted + now,
                sent.isPresent(),
                rate,
                rate == null ? null : Duration.ofSeconds(missing / rate)));
    }

    /** What left of a chunk; the body is a little longer than its rows, so this is its share of them. */
    private long onItsWay(ChunkRow chunk, long header) {
        return open.apply(chunk.importId())
                .filter(progress -> progress.bodyLength() > 0)
                .map(progress ->
                        (long) ((double) progress.bodyBytes() / progress.bodyLength() * (header + chunk.byteLength())))
                .orElse(0L);
    }

    private @Nullable Long rate(String importId, long sent) {
        Optional<Duration> since = browse.attempts(importId).stream()
                .filter(attempt -> attempt.endedAt() == null)
                .map(AttemptRow::startedAt)
                .map(start -> Duration.between(Instant.ofEpochMilli(start), clock.instant()))
                .findFirst()
                .filter(time -> time.compareTo(SHORTEST) > 0);
        long rate = since.map(time -> sent * 1000 / time.toMillis()).orElse(0L);
        return rate > 0 ? rate : null;
    }

    private static final class Tally {
        private final long header;
        private int chunks;
        private long rows;
        private long rowsAccepted;
        private long bytes;
        private long accepted;

        Tally(long header) {
            this.header = header;
        }

        void add(ChunkRow chunk) {
            long size = header + chunk.byteLength();
            rows += chunk.rowCount();
            bytes += size;
            if (chunk.state() == ChunkState.ACCEPTED) {
                chunks++;
                rowsAccepted += chunk.rowCount();
                accepted += size;
            }
        }
    }
}
