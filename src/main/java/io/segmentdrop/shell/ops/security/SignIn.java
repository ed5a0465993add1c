package io.segmentdrop.shell.ops.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Signs in by name and password. Promises that guessing takes a part of one core at most: one password is hashed at a time, a few
 * wait, and the rest is told to come again. A password that was right some minutes ago is not hashed, and is never told to wait.
 */
final class SignIn implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    /** How many wait for their turn. */
    static final int WAITING = 16;

    private static final long PATIENCE_SECONDS = 3;

    /** Unknown users are counted as one, and take as long to look at as known ones. */
    private static final String UNKNOWN = "";

    private static final String NO_PASSWORD = "{bcrypt}$2a$10$R3sKkUPUkqHNhnp.BHmMwegB5M6KJYtQCyKGJXDnOw/a9aGo2oRyO";

    private final UserDetailsService users;
    private final PasswordEncoder encoder;
    private final InstantSource clock;
    private final Consumer<SignInOutcome> outcomes;
    private final VerifiedPasswords verified = new VerifiedPasswords();
    private final WrongPasswords wrong = new WrongPasswords();
    private final Semaphore turn = new Semaphore(1, true);
    private final Semaphore waiting = new Semaphore(WAITING);

    /** @param outcomes is told how each try ended */
    SignIn(UserDetailsService users, PasswordEncoder encoder, InstantSource clock, Consumer<SignInOutcome> outcomes) {
        this.users = users;
        this.encoder = encoder;
        this.clock = clock;
        this.outcomes = outcomes;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        Try now = new Try(find(asked.getName()), String.valueOf(asked.getCredentials()), address(asked));
        if (!isRemembered(now)) {
            refuseTooMany(now);
            takeTurn();
            try {
                look(now);
            } finally {
                turn.release();
            }
        }
        UserDetails user = now.known();
        UsernamePasswordAuthenticationToken known =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        known.setDetails(asked.getDetails());
        return known;
    }

    private record Try(@Nullable UserDetails user, String password, String address) {

        String name() {
            return user == null ? UNKNOWN : user.getUsername().toLowerCase(Locale.ROOT);
        }

        UserDetails known() {
            if (user == null) {
                throw new BadCredentialsException("expected a user and the password, found another");
            }
            return user;
        }
    }

    private @Nullable UserDetails find(String name) {
        try {
            return users.loadUserByUsername(name);
        } catch (UsernameNotFoundException e) {
            return null;
        }
    }

    /** How many wait for their turn now. */
    int waiting() {
        return WAITING - waiting.availablePermits();
    }

    private static String address(Authentication asked) {
        return asked.getDetails() instanceof WebAuthenticationDetails details && details.getRemoteAddress() != null
                ? details.getRemoteAddress()
                : "";
    }

    private boolean isRemembered(Try now) {
        boolean remembered = now.user() != null && verified.contains(now.name(), now.password(), clock.instant());
        if (remembered) {
            outcomes.accept(SignInOutcome.REMEMBERED);
        }
        return remembered;
    }

    private void refuseTooMany(Try now) {
        Duration wait = wrong.wait(now.name(), now.address(), clock.instant());
        if (wait.isPositive()) {
            outcomes.accept(SignInOutcome.SLOWED);
            throw NotNow.tooMany(wait);
        }
    }

    private void takeTurn() {
        boolean taken = false;
        if (waiting.tryAcquire()) {
            try {
                taken = turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.release();
            }
        }
        if (!taken) {
            outcomes.accept(SignInOutcome.BUSY);
            throw NotNow.busy();
        }
    }

    /** While it waited for its turn, another may have had the same password, or too many wrong ones. */
    private void look(Try now) {
        if (isRemembered(now)) {
            return;
        }
        refuseTooMany(now);
        boolean right = encoder.matches(
                now.password(), now.user() == null ? NO_PASSWORD : now.user().getPassword());
        if (!right || now.user() == null) {
            count(now);
            throw new BadCredentialsException("expected a user and the password, found another");
        }
        outcomes.accept(SignInOutcome.VERIFIED);
        verified.add(now.name(), now.password(), clock.instant());
        wrong.forget(now.name(), now.address(), clock.instant());
    }

    private void count(Try now) {
        outcomes.accept(SignInOutcome.WRONG);
        if (wrong.add(now.name(), now.address(), clock.instant())) {
            LOG.warn(
                    "Too many wrong passwords for {}, the last one from {}: each next try has to wait, up to {} s."
                            + " Whoever knows the password still comes in from elsewhere.",
                    now.user() == null ? "users that there are not" : now.name(),
                    now.address(),
                    WrongPasswords.LONGEST.toSeconds());
        }
    }
}
