package io.segmentdrop.shell.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes import ids: ULIDs, 26 characters that sort by time and cannot be guessed. Two of one ledger never sort the wrong way
 * round, even if the clock steps back, and also across a restart.
 */
public final class ImportIds {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final char[] CROCKFORD = ALPHABET.toCharArray();

    private static final Pattern ID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private long lastMillis;
    private long high;
    private long low;
    private @Nullable Supplier<Optional<String>> newest;

    /**
     * Ids of a ledger.
     *
     * @param newest the newest one that there is; asked once, before the first is made
     */
    public ImportIds(InstantSource clock, Supplier<Optional<String>> newest) {
        this.clock = clock;
        this.newest = newest;
    }

    public synchronized String next() {
        if (newest != null) {
            newest.get().filter(ImportIds::isId).ifPresent(this::goOn);
            newest = null;
        }
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            // the top bit stays free, so that counting up within a millisecond cannot overflow
            high = random.nextLong() & 0x7F_FFFF_FFFFL;
            low = random.nextLong() & 0xFF_FFFF_FFFFL;
        } else {
            low = (low + 1) & 0xFF_FFFF_FFFFL;
            high += low == 0 ? 1 : 0;
        }
        char[] id = new char[26];
        put(id, 0, 10, lastMillis);
        put(id, 10, 8, high);
        put(id, 18, 8, low);
        return new String(id);
    }

    private void goOn(String after) {
        lastMillis = get(after, 0, 10);
        high = get(after, 10, 8);
        low = get(after, 18, 8);
    }

    /** When the import with this id was taken; later than that if the clock was set back before. */
    public static Instant time(String id) {
        return Instant.ofEpochMilli(get(id, 0, 10));
    }

    /** Whether this text could be an id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static long get(String id, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = value << 5 | ALPHABET.indexOf(id.charAt(i));
        }
        return value;
    }

    private static void put(char[] id, int from, int length, long value) {
        for (int i = from + length - 1; i >= from; i--) {
            id[i] = CROCKFORD[(int) (value & 31)];
            value >>>= 5;
        }
    }
}
