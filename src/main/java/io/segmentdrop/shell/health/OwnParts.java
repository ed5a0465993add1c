package io.segmentdrop.shell.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the process itself needs: its ledger and its own folders. This alone decides on readiness. */
public final class OwnParts implements HealthIndicator {

    private static final List<String> FOLDERS = List.of("work", "archive", "dead-letter", "spool");

    private final Path home;
    private final BooleanSupplier ledgerWritable;

    public OwnParts(Path home, BooleanSupplier ledgerWritable) {
        this.home = home;
        this.ledgerWritable = ledgerWritable;
    }

    @Override
    public Health health() {
        boolean ledger = ledgerWritable.getAsBoolean();
        Optional<String> missing = missing();
        return (ledger && missing.isEmpty() ? Health.up() : Health.down())
                .withDetail(
                        "ledger",
                        ledger ? "writable" : "expected a writable ledger, found none; check the disk under home")
                .withDetail("home", missing.orElse("writable"))
                .build();
    }

    private Optional<String> missing() {
        return FOLDERS.stream()
                .filter(name -> !Files.isDirectory(home.resolve(name)) || !Files.isWritable(home.resolve(name)))
                .findFirst()
                .map(name -> "expected a writable folder " + name
                        + " in the home, found none; check the disk and the rights, then start again");
    }
}
