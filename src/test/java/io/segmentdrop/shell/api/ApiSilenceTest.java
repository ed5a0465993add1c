package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.segmentdrop.core.send.FormField;
import io.segmentdrop.testkit.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Whatever level the loggers have, neither key nor rows nor the answer's text are in the log. */
@Isolated("it sets the levels of all loggers")
class ApiSilenceTest {

    private static final String CANARY = "canary-address@example.org";

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Optional<Level>> levels = new HashMap<>();
    private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    private final Lines lines = new Lines();

    @TempDir
    Path dir;

    @BeforeEach
    void listen() {
        lines.setContext(loggers);
        lines.start();
        root.iteratorForAppenders().forEachRemaining(appenders::add);
        appenders.forEach(root::detachAppender);
        root.addAppender(lines);
        for (Logger logger : loggers.getLoggerList()) {
            levels.put(logger, Optional.ofNullable(logger.getLevel()));
            logger.setLevel(Level.TRACE);
        }
    }

    @AfterEach
    void restore() {
        root.detachAppender(lines);
        appenders.forEach(root::addAppender);
        levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
    }

    @Test
    void atTraceNeitherKeyNorRowsNorAnswerAreLogged() throws IOException {
        String answer = "HTTP/1.1 422 No\r\nContent-Length: 26\r\nX-Echo: " + ApiRoute.TOKEN + "\r\n\r\n" + CANARY;
        Slice slice = Slices.whole(dir.resolve("clean.csv"), CANARY + ",Ann\n");
        List<FormField> fields = List.of(new FormField("clear", "0"));
        try (RawServer server = RawServer.plain(RawServer.answering(answer));
                ApiRoute route = new ApiRoute("http://127.0.0.1:" + server.port(), ApiRoute.LONG)) {
            assertThat(route.send(new ApiRequest.Import(7, fields, slice)).body())
                    .isEqualTo(CANARY);
            route.send(new ApiRequest.CreateSegment("{\"name\":\"" + CANARY + "\"}"));
            assertThat(server.received(0)).contains(CANARY, ApiRoute.TOKEN);
        }
        try (RawServer server = RawServer.plain(RawServer.Talk::reset);
                ApiRoute route = new ApiRoute("http://127.0.0.1:" + server.port(), ApiRoute.LONG)) {
            route.send(new ApiRequest.Import(7, fields, slice));
        }
        assertThat(lines.with("org.apache.hc")).isNotEmpty();
        assertThat(lines.with("org.apache.camel")).isNotEmpty();
        assertThat(lines.with("canary")).isEmpty();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        private List<String> with(String word) {
            return all.stream().filter(line -> line.contains(word)).toList();
        }

        @Override
        protected void append(ILoggingEvent event) {
            String stack =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            all.add(event.getLoggerName() + " " + event.getFormattedMessage() + stack);
        }
    }
}
