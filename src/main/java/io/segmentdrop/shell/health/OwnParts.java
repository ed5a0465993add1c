package io.segmentdrop.shell.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the process itself needs: its ledger and its own folders. This alone decides on readiness. */
public final class OwnParts implements HealthIndicator {

    /** What came of writing into the ledger. */
    public enum Written {
        YES,
        /** Another program holds its lock. */
        LOCKED,
        NO
    }

    private static final List<String> FOLDERS = List.of("work", "archive", "dead-letter", "spool");

    /** A probe is answered within a second, whatever the disk and other programs do. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private record Part(boolean isSound, String words) {}

    private static final Part LOCKED = new Part(
            false,
            "ledger locked: expected it to take a write within half a second, found that it does not; another program"
                + " holds it (sqlite3, a backup), or the disk stands still; everything waits and goes on by itself");

    private static final Part SILENT = new Part(
            false, "expected the folders of the home to be read within half a second, found no answer; check the disk");

    private final Path home;
    private final Supplier<Written> written;
    private final LongSupplier unknown;
    private final Inquiry<Part> ledger = new Inquiry<>("asks-ledger", this::ledger, PATIENCE);
    private final Inquiry<Part> folders = new Inquiry<>("asks-home", this::folders, PATIENCE);

    /**
     * The process's own parts.
     *
     * @param written asks the ledger; may wait as long as the ledger is locked
     * @param unknown how many imports came without the ledger's knowing of them, and wait for a person
     */
    public OwnParts(Path home, Supplier<Written> written, LongSupplier unknown) {
        this.home = home;
        this.written = written;
        this.unknown = unknown;
    }

    @Override
    public Health health() {
        Part first = ledger.answer().orElse(LOCKED);
        Part second = folders.answer().orElse(SILENT);
        return (first.isSound() && second.isSound() ? Health.up() : Health.down())
                .withDetail("ledger", first.words())
                .withDetail("home", second.words())
                .build();
    }

    private Part ledger() {
        return switch (written.get()) {
            case YES -> new Part(true, "writable" + unknown());
            case LOCKED -> LOCKED;
            case NO -> new Part(false, "expected a writable ledger, found none; check the disk under home");
        };
    }

    private String unknown() {
        long number = unknown.getAsLong();
        return number == 0
                ? ""
                : "; it lost its memory of " + number + " imports, which are dead letters with LEDGER_UNKNOWN: see"
                        + " whether each was sent, then replay it";
    }

    private Part folders() {
        return missing().map(words -> new Part(false, words)).orElse(new Part(true, "writable"));
    }

    private Optional<String> missing() {
        return FOLDERS.stream()
                .filter(name -> !Files.isDirectory(home.resolve(name)) || !Files.isWritable(home.resolve(name)))
                .findFirst()
                .map(name -> "expected a writable folder " + name
                        + " in the home, found none; check the disk and the rights, then start again");
    }
}
