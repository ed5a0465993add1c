package io.segmentdrop.shell.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands lines to the console through a queue, so that whoever reads the output slowly, or not at all, stops nothing but the log.
 * Promises that who logs never waits; that a line is written at once while the output is read; that what has no room is counted,
 * and told in one line when there is room again; and that the end of the program waits for what is left, for a while.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Lines that wait at most; some megabytes. */
    static final int ROOM = 8_192;

    /** How long the end waits for a console that does not take the rest. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Appender<ILoggingEvent> console;
    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "log");
    private long told;

    /** @param console is written to by one thread of its own; started and stopped with this */
    LogQueue(Appender<ILoggingEvent> console) {
        this.console = console;
        setName("queue of " + console.getName());
        writer.setDaemon(true);
    }

    /** Puts a queue before each console of the log; what has one keeps it. */
    static void before(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appenders(context).filter(ConsoleAppender.class::isInstance).forEach(console -> {
            LogQueue queue = new LogQueue(console);
            queue.setContext(context);
            queue.start();
            root.addAppender(queue);
            root.detachAppender(console);
        });
    }

    /** The queue of the log, if it has one. */
    public static Optional<LogQueue> of(LoggerContext context) {
        return appenders(context)
                .filter(LogQueue.class::isInstance)
                .map(LogQueue.class::cast)
                .findFirst();
    }

    private static Stream<Appender<ILoggingEvent>> appenders(LoggerContext context) {
        List<Appender<ILoggingEvent>> all = new ArrayList<>();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders()
                .forEachRemaining(all::add);
        return all.stream();
    }

    /** How many lines had no room so far. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent line) {
        line.prepareForDeferredProcessing();
        if (!queue.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        for (ILoggingEvent line = next(); line != null; line = next()) {
            console.doAppend(line);
            tell();
        }
    }

    /** Null once the end has come and nothing is left. */
    private @Nullable ILoggingEvent next() {
        while (isStarted()) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // the end has come, as isStarted tells
            }
        }
        return queue.poll();
    }

    /** Behind the lines that still had room. */
    private void tell() {
        long now = dropped.get();
        if (now > told) {
            Object[] number = {now - told};
            told = now;
            console.doAppend(new LoggingEvent(
                    LogQueue.class.getName(),
                    ((LoggerContext) getContext()).getLogger(LogQueue.class),
                    Level.WARN,
                    "{} lines of the log are missing here, since what reads the output did not keep up. Nothing else"
                            + " waited for it.",
                    null,
                    number));
        }
    }

    @Override
    public void stop() {
        super.stop();
        writer.interrupt();
        try {
            writer.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // one that still writes holds the console's lock
        if (!writer.isAlive()) {
            console.stop();
        }
    }
}
