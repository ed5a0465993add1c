package io.segmentdrop.shell.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Makes import ids: ULIDs, 26 characters that sort by time and cannot be guessed. Two of one process never sort the wrong
 * way round, even if the clock steps back.
 */
public final class ImportIds {

    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private static final Pattern ID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private long lastMillis;
    private long high;
    private long low;

    public ImportIds(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized String next() {
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

    /** When the import with this id was taken. */
    public static Instant time(String id) {
        long millis = 0;
        for (int i = 0; i < 10; i++) {
            millis = millis << 5 | new String(CROCKFORD).indexOf(id.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }

    /** Whether this text could be an id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static void put(char[] id, int from, int length, long value) {
        for (int i = from + length - 1; i >= from; i--) {
            id[i] = CROCKFORD[(int) (value & 31)];
            value >>>= 5;
        }
    }
}
