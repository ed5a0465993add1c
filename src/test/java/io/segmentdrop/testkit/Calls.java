package io.segmentdrop.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls to disk, ledger and API, keeps their names, and lets one of them go wrong: the N-th, before or after
 * it was carried out, with an error or with the end of the program, after which every call ends with {@link Killed}. Threads
 * may share it.
 */
public final class Calls {

    /** What the call that goes wrong comes to. */
    public enum Wrong {
        /** It is not carried out, and fails. */
        FAILS,
        /** It is carried out, and reports that it failed. */
        FAILS_AFTERWARDS,
        /** The program ends before it. */
        KILLED,
        /** The program ends right after it. */
        KILLED_AFTERWARDS
    }

    /** Carries out one call. */
    public interface Call<T, E extends Exception> {
        T run() throws E;
    }

    /** Makes the error that a call of this kind fails with. */
    public interface Failure<E extends Exception> {
        E because(String what);
    }

    private final List<String> names = new ArrayList<>();
    private final int wrongAt;
    private final Wrong wrong;
    private Runnable atTheKill = () -> {};
    private @Nullable String killedAt;

    private Calls(int wrongAt, Wrong wrong) {
        this.wrongAt = wrongAt;
        this.wrong = wrong;
    }

    /** Lets every call pass. */
    public static Calls all() {
        return new Calls(0, Wrong.FAILS);
    }

    /** Lets the N-th call go wrong, from 1. */
    public static Calls wrong(int nth, Wrong how) {
        return new Calls(nth, how);
    }

    /** The same, and looks at what there is when the program ends. */
    public Calls atTheKill(Runnable look) {
        atTheKill = look;
        return this;
    }

    /** The names of the calls so far. */
    public List<String> names() {
        synchronized (names) {
            return List.copyOf(names);
        }
    }

    /** Whether the call that is to go wrong was reached. */
    public boolean struck() {
        synchronized (names) {
            return wrongAt > 0 && names.size() >= wrongAt;
        }
    }

    /** Whether the program has ended. */
    public boolean isKilled() {
        synchronized (names) {
            return killedAt != null;
        }
    }

    /** The program ends at this call: whatever it still tries comes to nothing. */
    public Killed kill(String what) {
        synchronized (names) {
            killedAt = what;
            atTheKill.run();
            return new Killed(what);
        }
    }

    /**
     * To be asked before each call that may change something.
     *
     * @throws Killed if the program has ended
     */
    public void goOn() {
        synchronized (names) {
            if (killedAt != null) {
                throw new Killed(killedAt);
            }
        }
    }

    /**
     * Counts a call; answers what is to become of it, null for nothing.
     *
     * @throws Killed if the program has ended
     */
    public @Nullable Wrong count(String what) {
        synchronized (names) {
            goOn();
            names.add(what);
            return names.size() == wrongAt ? wrong : null;
        }
    }

    /** Counts a call and carries it out, if it is not the one that goes wrong. */
    public <T extends @Nullable Object, E extends Exception> T through(String what, Failure<E> failure, Call<T, E> call)
            throws E {
        Wrong now = count(what);
        if (now == Wrong.FAILS) {
            throw failure.because(what);
        }
        if (now == Wrong.KILLED) {
            throw kill(what);
        }
        T result = call.run();
        if (now == Wrong.FAILS_AFTERWARDS) {
            throw failure.because(what);
        }
        if (now == Wrong.KILLED_AFTERWARDS) {
            throw kill("the end of " + what);
        }
        return result;
    }
}
