package io.segmentdrop.testkit;

import io.segmentdrop.shell.ledger.LedgerDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A ledger that nobody has used yet, copied from one that was made once: its migrations would take most of the time of a short
 * test. How a ledger is made is for its own tests.
 */
public final class FreshLedger {

    private static final String NAME = "ledger.db";

    private FreshLedger() {}

    private static final class Holder {

        static final byte[] MADE = make();
    }

    private static byte[] make() {
        try {
            Path home = Files.createTempDirectory("fresh-ledger");
            LedgerDatabase.open(home).close();
            byte[] made = Files.readAllBytes(home.resolve(NAME));
            try (Stream<Path> files = Files.list(home)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(home);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts it into a home that has none. */
    public static Path in(Path home) {
        Path ledger = home.resolve(NAME);
        if (!Files.exists(ledger)) {
            try {
                Files.write(ledger, Holder.MADE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return home;
    }
}
