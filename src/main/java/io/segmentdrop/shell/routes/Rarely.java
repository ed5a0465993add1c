package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One line a minute for each cause, however many imports meet it. */
final class Rarely {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** Causes are few; this only keeps what nobody meets any more from adding up. */
    private static final int MOST = 1000;

    private static final class Cause {

        private final Duration said;
        private long unsaid;

        Cause(Duration said) {
            this.said = said;
        }
    }

    private final Ticker ticker;
    private final Map<String, Cause> causes = new HashMap<>();

    Rarely(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Says a line, unless one of this cause was said within the last minute.
     *
     * @param say is given what to add: how often it was met since the last line; may be empty
     */
    synchronized void say(String cause, Consumer<String> say) {
        Duration now = ticker.elapsed();
        Cause last = causes.get(cause);
        if (last != null && now.minus(last.said).compareTo(PAUSE) < 0) {
            last.unsaid++;
            return;
        }
        if (causes.size() >= MOST) {
            causes.clear();
        }
        causes.put(cause, new Cause(now));
        say.accept(last == null || last.unsaid == 0 ? "" : " (and " + last.unsaid + " times since the last such line)");
    }
}
