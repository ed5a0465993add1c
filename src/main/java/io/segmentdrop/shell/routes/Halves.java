package io.segmentdrop.shell.routes;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.split.Halving;
import io.segmentdrop.core.split.PlannedChunk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Claim;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Cuts a chunk that was too large, and the ones after it that were never sent, in halves. */
final class Halves {

    private Halves() {}

    static List<PlannedChunk> of(Home home, Claim claim, List<ChunkRow> chunks) {
        byte[] header = Objects.requireNonNull(claim.row().header()).getBytes(StandardCharsets.UTF_8);
        List<PlannedChunk> halves = new ArrayList<>();
        int number = claim.chunk().number();
        for (ChunkRow chunk : chunks) {
            if (chunk.number() >= claim.chunk().number() && chunk.state() != ChunkState.ACCEPTED) {
                List<PlannedChunk> cut = halve(home, claim, chunk, header, number);
                halves.addAll(cut);
                number += cut.size();
            }
        }
        return halves;
    }

    private static List<PlannedChunk> halve(Home home, Claim claim, ChunkRow chunk, byte[] header, int number) {
        Path sent = Home.sent(home.work(claim.row().id()));
        try (InputStream in = new BufferedInputStream(Opener.stream(sent), 1 << 16)) {
            in.skipNBytes(chunk.byteOffset());
            return Halving.of(in, header, number, chunk.byteOffset(), chunk.byteLength(), chunk.rowCount());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
