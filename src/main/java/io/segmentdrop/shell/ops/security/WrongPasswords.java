package io.segmentdrop.shell.ops.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts wrong passwords and makes whoever sends them wait, each time longer: after a few for one user from one address, after
 * more from one address, and after many for one user from wherever he has not signed in before. So guessing is slow, and who
 * knows the password comes in from elsewhere.
 */
final class WrongPasswords {

    /** The longest wait. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** When nothing was wrong for so long, it is forgotten. */
    static final Duration FORGOTTEN = Duration.ofMinutes(15);

    /** As many are remembered of each kind; the ones not seen for longest are forgotten first. */
    private static final int REMEMBERED = 10_000;

    /** An IPv6 network of one customer has 64 bits. */
    private static final int NETWORK = 8;

    /** Whose tries are counted together, and how many wrong ones cost nothing. */
    private enum Kind {
        USER_FROM_ADDRESS(5),
        ADDRESS(20),
        USER(50);

        private final int free;

        Kind(int free) {
            this.free = free;
        }
    }

    private record Key(Kind kind, String user, String address) {}

    private record Wrong(int number, Instant last) {

        Instant nextTry(Kind kind) {
            if (number < kind.free) {
                return last;
            }
            long seconds = 1L << Math.min(10, number - kind.free);
            return last.plus(seconds < LONGEST.toSeconds() ? Duration.ofSeconds(seconds) : LONGEST);
        }
    }

    private final Map<Key, Wrong> wrong = remembered();
    private final Map<Key, Instant> right = remembered();

    private static <V> Map<Key, V> remembered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** How long this user must wait at this address before a password is looked at; zero if it is looked at now. */
    synchronized Duration wait(String user, String address, Instant now) {
        Duration longest = Duration.ZERO;
        for (Key key : keys(user, network(address))) {
            Wrong known = known(key, now);
            Duration wait = known == null ? Duration.ZERO : Duration.between(now, known.nextTry(key.kind()));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    /** Counts a wrong password; answers whether whoever sent it has to wait from now on, and did not before. */
    synchronized boolean add(String user, String address, Instant now) {
        boolean begins = false;
        for (Key key : keys(user, network(address))) {
            Wrong known = known(key, now);
            int number = known == null ? 1 : known.number() + 1;
            wrong.put(key, new Wrong(number, now));
            begins |= number == key.kind().free;
        }
        return begins;
    }

    /** A right password: what was wrong before it, there, is forgotten. */
    synchronized void forget(String user, String address, Instant now) {
        Key here = new Key(Kind.USER_FROM_ADDRESS, user, network(address));
        wrong.remove(here);
        right.put(here, now);
    }

    private List<Key> keys(String user, String network) {
        Key here = new Key(Kind.USER_FROM_ADDRESS, user, network);
        Key address = new Key(Kind.ADDRESS, "", network);
        return right.containsKey(here) ? List.of(here, address) : List.of(here, address, new Key(Kind.USER, user, ""));
    }

    /** Null for nothing, for what is too old to count, and for what a clock that was put back makes later than now. */
    private @org.jspecify.annotations.Nullable Wrong known(Key key, Instant now) {
        Wrong known = wrong.get(key);
        return known == null
                        || known.last().isAfter(now)
                        || known.last().plus(FORGOTTEN).isBefore(now)
                ? null
                : known;
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // no name holds a colon, so that none is looked up
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(NETWORK, bytes.length)));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
