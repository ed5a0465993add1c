package io.segmentdrop.shell.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.segmentdrop.shell.config.SegmentDropProperties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class RandomPasswordTest {

    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(4);

    @Test
    void withoutAPasswordARandomOneIsLoggedOnceAndOpens() {
        List<ILoggingEvent> log = logged(Map.of());

        assertThat(log).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage())
                    .matches("no password is set: sign in as ops with [A-Za-z0-9_-]{24} until the next start;"
                            + " segment-drop.ops.password sets one that stays");
        });
    }

    @Test
    void aConfiguredPasswordIsNotLogged() {
        assertThat(logged(Map.of("segment-drop.ops.password", "s3cret"))).isEmpty();
    }

    @Test
    void noTwoAreAlike() {
        assertThat(RandomPassword.next()).isNotEqualTo(RandomPassword.next());
    }

    private List<ILoggingEvent> logged(Map<String, String> configuration) {
        Logger logger = (Logger) LoggerFactory.getLogger(SignInConfiguration.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            opens(users(configuration), appender.list);
            return List.copyOf(appender.list);
        } finally {
            logger.detachAppender(appender);
        }
    }

    private void opens(UserDetailsService users, List<ILoggingEvent> log) {
        String password = log.isEmpty() ? "s3cret" : String.valueOf(log.get(0).getArgumentArray()[1]);
        assertThat(encoder.matches(password, users.loadUserByUsername("ops").getPassword()))
                .isTrue();
    }

    private UserDetailsService users(Map<String, String> configuration) {
        SegmentDropProperties properties = new Binder(new MapConfigurationPropertySource(configuration))
                .bindOrCreate(SegmentDropProperties.PREFIX, SegmentDropProperties.class);
        return SignInConfiguration.users(properties, encoder);
    }
}
