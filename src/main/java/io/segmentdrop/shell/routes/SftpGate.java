package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Backoff;
import io.segmentdrop.shell.camel.Account;
import io.segmentdrop.shell.camel.SftpFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a server may be asked. After a fault it waits, longer each time. A refused sign-in is tried twice, so that no
 * account is locked out; then, and at once for a host key that is not the pinned one, it waits for a person: until the
 * drop is resumed, or a file that the sign-in rests on has changed. Not thread-safe.
 */
final class SftpGate {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int SIGN_INS = 2;

    private final Account account;
    private final RandomGenerator random;
    private int failures;
    private int refusals;
    private int resumes;
    private boolean stopped;
    private String files = "";
    private Duration next = Duration.ZERO;

    SftpGate(Account account, RandomGenerator random) {
        this.account = account;
        this.random = random;
    }

    /**
     * Whether it may be asked.
     *
     * @param elapsed by the ticker: a clock that is set must not leave a server alone for longer
     * @param resumed how often a person has resumed the drop
     */
    boolean lets(Duration elapsed, int resumed) {
        if (resumed != resumes || (stopped && !files.equals(stamp()))) {
            resumes = resumed;
            open();
        }
        return !stopped && elapsed.compareTo(next) >= 0;
    }

    void open() {
        stopped = false;
        failures = 0;
        refusals = 0;
        next = Duration.ZERO;
    }

    void failed(SftpFault fault, Duration elapsed) {
        failures++;
        next = elapsed.plus(BACKOFF.delay(failures, random));
        if (stops(fault.code())) {
            stopped = true;
            files = stamp();
        }
    }

    /** Whether it waits for a person. */
    boolean isStopped() {
        return stopped;
    }

    private boolean stops(Code code) {
        return switch (code) {
            case SRC_AUTH_FAILED -> ++refusals >= SIGN_INS;
            case SRC_HOST_KEY_CHANGED, SRC_HOST_KEY_UNPINNED, SRC_KEY_UNREADABLE -> true;
            default -> false;
        };
    }

    private String stamp() {
        StringBuilder stamp = new StringBuilder();
        account.files().forEach(file -> stamp.append(stamp(file)).append(' '));
        return stamp.toString();
    }

    private static @Nullable String stamp(Path file) {
        try {
            return Files.size(file) + ":" + Files.getLastModifiedTime(file, new LinkOption[0]);
        } catch (IOException e) {
            return "gone";
        }
    }
}
