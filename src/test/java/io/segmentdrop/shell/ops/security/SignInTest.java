package io.segmentdrop.shell.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.segmentdrop.testkit.SetClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Passwords: right ones are hashed seldom, wrong ones wait, and nobody keeps others out. */
class SignInTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    private final SetClock clock = new SetClock(Instant.parse("2026-11-28T12:00:00Z"));
    private final List<SignInOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
    private final SlowHash hash = new SlowHash();
    private final SignIn signIn = new SignIn(
            new InMemoryUserDetailsManager(
                    User.withUsername("alice")
                            .password("s3cret")
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("vera").password("looks").roles("VIEWER").build()),
            hash,
            clock,
            outcomes::add);

    /** Compares, counts, and can be made to take its time. */
    private static final class SlowHash implements PasswordEncoder {

        private final AtomicInteger hashed = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private volatile CountDownLatch go = new CountDownLatch(0);

        @Override
        public String encode(@org.jspecify.annotations.Nullable CharSequence password) {
            return String.valueOf(password);
        }

        @Override
        public boolean matches(
                @org.jspecify.annotations.Nullable CharSequence password,
                @org.jspecify.annotations.Nullable String encoded) {
            hashed.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                now.decrementAndGet();
            }
            return String.valueOf(password).equals(encoded);
        }
    }

    private void enter(String user, String password, String address) {
        UsernamePasswordAuthenticationToken asked = UsernamePasswordAuthenticationToken.unauthenticated(user, password);
        asked.setDetails(new WebAuthenticationDetails(address, null));
        assertThat(signIn.authenticate(asked).isAuthenticated()).isTrue();
    }

    private void wrong(int times, String user, String address) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> enter(user, "wrong", address)).isInstanceOf(BadCredentialsException.class);
        }
    }

    /** The seconds until the next try; 0 if there is nothing to wait for, but for the right password. */
    private int mustWait(String user, String address) {
        int before = hash.hashed.get();
        try {
            enter(user, "wrong", address);
        } catch (NotNow e) {
            assertThat(hash.hashed).hasValue(before);
            return Integer.parseInt(answer(e, 429).getHeader("Retry-After"));
        } catch (BadCredentialsException e) {
            return 0;
        }
        return -1;
    }

    private static MockHttpServletResponse answer(NotNow e, int status) {
        try {
            MockHttpServletResponse response = new MockHttpServletResponse();
            e.answer(response);
            assertThat(response.getStatus()).isEqualTo(status);
            return response;
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Test
    void aRightPasswordIsHashedOnceInSomeMinutes() {
        for (int i = 0; i < 100; i++) {
            enter("alice", "s3cret", HERE);
            clock.advance(VerifiedPasswords.KEPT.dividedBy(101));
        }
        assertThat(hash.hashed).hasValue(1);

        clock.advance(VerifiedPasswords.KEPT);
        enter("alice", "s3cret", HERE);

        assertThat(hash.hashed).hasValue(2);
        assertThat(outcomes).filteredOn(SignInOutcome.VERIFIED::equals).hasSize(2);
        assertThat(outcomes).filteredOn(SignInOutcome.REMEMBERED::equals).hasSize(99);
    }

    @Test
    void whatIsRememberedOpensForThatUserAndPasswordAlone() {
        enter("alice", "s3cret", HERE);

        wrong(1, "alice", HERE);
        assertThatThrownBy(() -> enter("vera", "s3cret", HERE)).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> enter("alice", "s3cre", HERE)).isInstanceOf(BadCredentialsException.class);
        enter("ALICE", "s3cret", HERE);
    }

    @Test
    void aClockThatIsPutBackKeepsNoPasswordLonger() {
        enter("alice", "s3cret", HERE);
        clock.advance(Duration.ofHours(-1));

        enter("alice", "s3cret", HERE);

        assertThat(hash.hashed).hasValue(2);
    }

    @Test
    void wrongPasswordsWaitLongerAndLonger() {
        wrong(5, "alice", HERE);

        List<Integer> waits = IntStream.range(0, 8)
                .map(i -> {
                    int wait = mustWait("alice", HERE);
                    clock.advance(Duration.ofSeconds(wait));
                    wrong(1, "alice", HERE);
                    return wait;
                })
                .boxed()
                .toList();

        assertThat(waits).containsExactly(1, 2, 4, 8, 16, 32, 60, 60);
    }

    @Test
    void whoKnowsThePasswordComesInFromElsewhere() {
        wrong(5, "alice", HERE);
        assertThat(mustWait("alice", HERE)).isPositive();
        assertThat(catchThrowableOfType(NotNow.class, () -> enter("alice", "s3cret", HERE)))
                .as("not looked at, right or not")
                .isNotNull();

        enter("alice", "s3cret", ELSEWHERE);

        // and now here, too, since it is known to be right
        enter("alice", "s3cret", HERE);
    }

    @Test
    void othersAtTheSameAddressComeIn() {
        wrong(5, "alice", HERE);

        enter("vera", "looks", HERE);
    }

    @Test
    void anAddressThatTriesEverybodyWaitsForAll() {
        wrong(4, "vera", HERE);
        wrong(5, "nobody", HERE);
        for (int i = 0; i < 11; i++) {
            clock.advance(WrongPasswords.LONGEST);
            wrong(1, "nobody-" + i, HERE);
        }

        assertThat(mustWait("alice", HERE)).isPositive();
        enter("alice", "s3cret", ELSEWHERE);
    }

    @Test
    void manyAddressesWaitForOneUserButNotWhereHeWasBefore() {
        enter("alice", "s3cret", HERE);
        clock.advance(VerifiedPasswords.KEPT);
        for (int i = 0; i < 50; i++) {
            wrong(1, "alice", "198.51.100." + i);
        }

        assertThat(mustWait("alice", "203.0.113.9")).isBetween(1, 60);
        enter("alice", "s3cret", HERE);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:0:0:2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "unknown, unknown, true",
        ":, :, true",
    })
    void aNetworkOfIPv6IsOneAddress(String one, String other, boolean same) {
        wrong(5, "alice", one);

        assertThat(mustWait("alice", other) > 0).isEqualTo(same);
    }

    @Test
    void wrongOnesAreForgotten() {
        wrong(5, "alice", HERE);
        clock.advance(WrongPasswords.FORGOTTEN.plusSeconds(1));
        wrong(5, "alice", HERE);
        clock.advance(Duration.ofHours(-1));

        assertThat(mustWait("alice", HERE))
                .as("a clock that is put back keeps nobody waiting")
                .isZero();
    }

    @Test
    void aRightPasswordMakesUpForWrongOnes() {
        for (int i = 0; i < 4; i++) {
            wrong(4, "alice", HERE);
            enter("alice", "s3cret", HERE);
            clock.advance(VerifiedPasswords.KEPT);
        }
    }

    @Test
    void onePasswordIsHashedAtATimeAndOnlyAFewWait() throws Exception {
        hash.go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> tries = new ArrayList<>();
            for (int i = 0; i < SignIn.WAITING + 1; i++) {
                String address = "192.0.2." + i;
                tries.add(threads.submit(() -> wrong(1, "alice", address)));
                await().until(() -> hash.now.get() == 1);
            }
            await().until(() -> signIn.waiting() == SignIn.WAITING);

            NotNow busy = catchThrowableOfType(NotNow.class, () -> enter("alice", "s3cret", ELSEWHERE));
            assertThat(answer(busy, 503).getHeader("Retry-After")).isEqualTo("1");
            hash.go.countDown();
            for (Future<?> one : tries) {
                one.get();
            }
        }

        assertThat(hash.most).hasValue(1);
        enter("alice", "s3cret", ELSEWHERE);
    }

    /** A machine that begins with many requests at once pays for one. */
    @Test
    void whoeverWaitedForTheSamePasswordNeedNotHashIt() throws Exception {
        hash.go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tries.add(threads.submit(() -> enter("alice", "s3cret", HERE)));
            }
            await().until(() -> signIn.waiting() == 7);
            hash.go.countDown();
            for (Future<?> one : tries) {
                one.get();
            }
        }

        assertThat(hash.hashed).hasValue(1);
    }

    @Test
    void theLogSaysItOnceAndNoNameThatIsNone() {
        Logger logger = (Logger) LoggerFactory.getLogger(SignIn.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            wrong(5, "alice", HERE);
            for (int i = 0; i < 20; i++) {
                assertThat(mustWait("alice", HERE)).isPositive();
            }
            wrong(5, "my password by mistake", ELSEWHERE);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("Too many wrong passwords for alice, the last one from " + HERE),
                        two -> assertThat(two)
                                .contains("users that there are not")
                                .doesNotContain("mistake"));
        assertThat(outcomes).filteredOn(SignInOutcome.SLOWED::equals).hasSize(20);
    }
}
