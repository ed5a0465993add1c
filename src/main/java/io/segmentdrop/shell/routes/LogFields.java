package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.ImportRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields {@code import} and {@code drop} of every line that is logged about an import; structured logs show them. Set
 * and cleared here alone, for the thread at hand; they may be nested.
 */
public final class LogFields {

    private static final String IMPORT = "import";
    private static final String DROP = "drop";

    private final @Nullable String beforeImport;
    private final @Nullable String beforeDrop;

    private LogFields(String importId, String drop) {
        beforeImport = MDC.get(IMPORT);
        beforeDrop = MDC.get(DROP);
        put(IMPORT, importId);
        put(DROP, drop);
    }

    /** Lines are about this import until this is cleared. */
    public static LogFields of(String importId, String drop) {
        return new LogFields(importId, drop);
    }

    /** The same. */
    public static LogFields of(ImportRow row) {
        return of(row.id(), row.dropName());
    }

    /** The same for whatever a {@code ledger:} consumer has in hand; what is about no import sets nothing. */
    static LogFields ofPiece(Object piece) {
        return switch (piece) {
            case ImportRow row -> of(row);
            case Claim claim -> of(claim.row());
            default -> new LogFields("", "");
        };
    }

    private static void put(String key, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Lines are about what they were about before. */
    public void clear() {
        put(IMPORT, beforeImport);
        put(DROP, beforeDrop);
    }
}
