package io.segmentdrop.shell.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the process itself needs: its ledger and its own folders. This alone decides on readiness. */
public final class OwnParts implements HealthIndicator {

    private static final List<String> FOLDERS = List.of("work", "archive", "dead-letter", "spool");

    private final Path home;
    private final BooleanSupplier ledgerWritable;
    private final LongSupplier unknown;

    /** @param unknown how many imports came without the ledger's knowing of them, and wait for a person */
    public OwnParts(Path home, BooleanSupplier ledgerWritable, LongSupplier unknown) {
        this.home = home;
        this.ledgerWritable = ledgerWritable;
        this.unknown = unknown;
    }

    @Override
    public Health health() {
        boolean ledger = ledgerWritable.getAsBoolean();
        Optional<String> missing = missing();
        return (ledger && missing.isEmpty() ? Health.up() : Health.down())
                .withDetail(
                        "ledger",
                        ledger
                                ? "writable" + unknown()
                                : "expected a writable ledger, found none; check the disk under home")
                .withDetail("home", missing.orElse("writable"))
                .build();
    }

    private String unknown() {
        long number = unknown.getAsLong();
        return number == 0
                ? ""
                : "; it lost its memory of " + number + " imports, which are dead letters with LEDGER_UNKNOWN: see"
                        + " whether each was sent, then replay it";
    }

    private Optional<String> missing() {
        return FOLDERS.stream()
                .filter(name -> !Files.isDirectory(home.resolve(name)) || !Files.isWritable(home.resolve(name)))
                .findFirst()
                .map(name -> "expected a writable folder " + name
                        + " in the home, found none; check the disk and the rights, then start again");
    }
}
