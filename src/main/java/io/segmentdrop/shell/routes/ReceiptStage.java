package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.files.Opener;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.Imports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Tells the partner: the rejects first, the receipt last. A file of the same name that was dropped later has the receipt's
 * name for itself; every import stays to be found by its id.
 */
public final class ReceiptStage {

    /** The drop's folder does not let us write; whatever else fails is ours. */
    static final class Unwritable extends IOException {

        private final IOException fault;

        Unwritable(IOException fault) {
            super(fault);
            this.fault = fault;
        }

        IOException fault() {
            return fault;
        }
    }

    private final Drops drops;
    private final Home home;
    private final Imports imports;
    private final Gates gates;

    public ReceiptStage(Drops drops, Home home, Imports imports, Gates gates) {
        this.drops = drops;
        this.home = home;
        this.imports = imports;
        this.gates = gates;
    }

    /** Copies the rejects of an import that has ended into the drop's receipts. */
    public void rejects(Exchange exchange) throws IOException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        Optional<Drop> drop = Receipts.hasRejects(row) ? told(row) : Optional.empty();
        if (drop.isEmpty()) {
            return;
        }
        Path rejects = SettleStage.place(home, row).resolve(Home.REJECTS);
        try (InputStream in = Opener.stream(rejects)) {
            write(drop.get(), Names.rejectsName(row.fileName()), in);
        }
    }

    /** The receipt as JSON values. */
    public Map<String, Object> compose(Exchange exchange) {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        return Receipts.of(row, imports.chunks(row.id()), gate(row)).toMap();
    }

    /** The closed gate that it waits for. */
    private @Nullable GateRow gate(ImportRow row) {
        return row.state() != ImportState.READY
                ? null
                : gates.closed().stream()
                        .filter(gate -> concerns(gate.name(), row))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean concerns(String gate, ImportRow row) {
        return gate.equals(Gates.API) || gate.equals(Gates.CREDENTIAL) || gate.equals(Gates.ofDrop(row.dropName()));
    }

    /** Writes the body as the receipt. */
    public void write(Exchange exchange) throws IOException {
        ImportRow row = Piece.of(exchange, ImportRow.class);
        Optional<Drop> drop = told(row);
        if (drop.isPresent()) {
            byte[] receipt = exchange.getMessage().getBody(byte[].class);
            write(drop.get(), Names.receiptName(row.fileName()), new ByteArrayInputStream(receipt));
            CrashPoint.RECEIPT_WRITTEN.hit();
        }
    }

    private static void write(Drop drop, String name, InputStream content) throws Unwritable {
        try {
            drop.folder().writeReceipt(name, content);
        } catch (IOException e) {
            throw new Unwritable(e);
        }
    }

    /**
     * The drop that is to be told; empty if a later file has the receipt's name.
     *
     * @throws DropGone if it is gone from the configuration: the receipt stays owed
     */
    private Optional<Drop> told(ImportRow row) throws DropGone {
        return imports.tellings().isSuperseded(row)
                ? Optional.empty()
                : Optional.of(drops.find(row.dropName()).orElseThrow(() -> new DropGone(row.dropName())));
    }
}
