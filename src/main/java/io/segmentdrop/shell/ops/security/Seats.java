package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sessions there are, so many at most: for one more, the oldest ends. Only who has signed in has one. */
final class Seats {

    /** Sessions of one person. */
    static final int OF_ONE = 10;

    /** Sessions of all. */
    static final int OF_ALL = 500;

    private static final String NAME = Seats.class.getName();

    private final Set<Seat> taken = new LinkedHashSet<>();

    /** Knows when its session ends. */
    private final class Seat implements HttpSessionBindingListener {

        private final String person;
        private final HttpSession session;

        Seat(String person, HttpSession session) {
            this.person = person;
            this.session = session;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            synchronized (taken) {
                taken.add(this);
            }
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            synchronized (taken) {
                taken.remove(this);
            }
        }

        void end() {
            try {
                session.invalidate();
            } catch (IllegalStateException e) {
                // it ended by itself
            }
        }
    }

    /** Gives the session of somebody who has just signed in a place among the others. */
    void take(String person, HttpSession session) {
        session.setAttribute(NAME, new Seat(person, session));
        leaving(person).forEach(Seat::end);
    }

    private List<Seat> leaving(String person) {
        synchronized (taken) {
            List<Seat> ofOne =
                    taken.stream().filter(seat -> seat.person.equals(person)).toList();
            return Stream.concat(oldest(ofOne, OF_ONE), oldest(List.copyOf(taken), OF_ALL))
                    .toList();
        }
    }

    private static Stream<Seat> oldest(List<Seat> seats, int most) {
        return seats.stream().limit(Math.max(0, seats.size() - most));
    }

    int number() {
        synchronized (taken) {
            return taken.size();
        }
    }
}
