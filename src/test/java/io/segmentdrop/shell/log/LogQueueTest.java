package io.segmentdrop.shell.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A console that takes its time, or takes nothing any more, stops nobody. */
class LogQueueTest {

    private final Console console = new Console();
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("test");
    private final LogQueue queue = queue();

    /** What reads the output; it may stop for a while. */
    private static final class Console extends OutputStream {

        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private volatile CountDownLatch goesOn = new CountDownLatch(0);
        private volatile boolean stopped;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            stopped = goesOn.getCount() > 0;
            while (goesOn.getCount() > 0) {
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    // neither does a pipe
                }
            }
            synchronized (read) {
                read.write(bytes, offset, length);
            }
        }

        void stops() {
            goesOn = new CountDownLatch(1);
        }

        List<String> lines() {
            synchronized (read) {
                return read.toString(UTF_8).lines().toList();
            }
        }
    }

    private LogQueue queue() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %msg %X{import}%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("CONSOLE");
        appender.setEncoder(encoder);
        appender.start();
        appender.setOutputStream(console);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
        context.start();
        LogQueue.before(context);
        return LogQueue.of(context).orElseThrow();
    }

    @AfterEach
    void end() {
        console.goesOn.countDown();
        context.stop();
    }

    @Test
    void aLineComesAtOnceAndAsItWasLogged() {
        MDC.put("import", "01M");
        log.info("taken {}", 1);
        MDC.remove("import");

        await().untilAsserted(() -> assertThat(console.lines()).containsExactly("INFO taken 1 01M"));
    }

    @Test
    void itIsPutThereOnce() {
        LogQueue.before(context);

        assertThat(LogQueue.of(context)).containsSame(queue);
        log.info("once");
        await().untilAsserted(() -> assertThat(console.lines()).containsExactly("INFO once "));
    }

    @Test
    void nobodyWaitsForAConsoleThatStopped() {
        console.stops();
        log.info("the first");
        await().until(() -> console.stopped);

        IntStream.range(0, LogQueue.ROOM + 100).forEach(i -> log.info("line {}", i));

        assertThat(queue.dropped()).isEqualTo(100);
        console.goesOn.countDown();
        await().untilAsserted(() -> assertThat(console.lines()).hasSizeGreaterThanOrEqualTo(LogQueue.ROOM + 2));
        assertThat(console.lines())
                .startsWith(
                        "INFO the first ",
                        "WARN 100 lines of the log are missing here, since what reads the output did"
                                + " not keep up. Nothing else waited for it. ",
                        "INFO line 0 ")
                .filteredOn(line -> line.startsWith("WARN"))
                .hasSize(1);
    }

    @Test
    void theEndWaitsForWhatIsLeft() {
        console.stops();
        IntStream.range(0, 1_000).forEach(i -> log.info("line {}", i));
        console.goesOn.countDown();

        context.stop();

        assertThat(console.lines()).hasSize(1_000).endsWith("INFO line 999 ");
    }

    @Test
    void theEndDoesNotWaitForEver() {
        console.stops();
        log.info("never read");
        await().until(() -> console.stopped);

        context.stop();

        assertThat(console.lines()).isEmpty();
    }
}
