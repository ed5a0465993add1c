package io.segmentdrop.shell.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** What the process itself needs: its ledger and its own folders. This alone decides on readiness. */
public final class OwnParts implements HealthIndicator {

    private final Path home;
    private final BooleanSupplier ledgerWritable;

    public OwnParts(Path home, BooleanSupplier ledgerWritable) {
        this.home = home;
        this.ledgerWritable = ledgerWritable;
    }

    @Override
    public Health health() {
        boolean ledger = ledgerWritable.getAsBoolean();
        boolean folders = Files.isWritable(home);
        return (ledger && folders ? Health.up() : Health.down())
                .withDetail("ledger", ledger ? "writable" : "expected a writable ledger, found none; check the disk")
                .withDetail("home", folders ? "writable" : "expected a writable home, found none; check the disk")
                .build();
    }
}
