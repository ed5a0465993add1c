package io.segmentdrop.shell.config;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A user and a password that can be typed, sent and kept. */
record OpsRule() implements StartupRule {

    private static final String KEY = SegmentDropProperties.PREFIX + ".ops.";

    /** BCrypt reads no further. */
    private static final int LONGEST_PASSWORD = 72;

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        OpsProperties ops = properties.ops();
        name(ops.user(), KEY + "user", refuse);
        password(ops.password(), KEY + "password", refuse);
        ops.users().forEach((name, user) -> {
            String key = KEY + "users." + name;
            name(name, key, refuse);
            refuse.unless(!name.equals(ops.user()), key, "expected another name than that of ops.user, found the same");
            refuse.unless(user.password() != null, key + ".password", "expected a password, found none");
            password(user.password(), key + ".password", refuse);
        });
        issuer(ops.issuer(), refuse);
    }

    private static void issuer(IssuerProperties issuer, Refuse refuse) {
        if (issuer.uri() == null) {
            return;
        }
        refuse.unless(
                issuer.uri().startsWith("https://") || issuer.uri().startsWith("http://127.0.0.1:"),
                KEY + "issuer.uri",
                "expected an https address, found \"" + issuer.uri() + "\"");
        refuse.unless(issuer.clientId() != null, KEY + "issuer.client-id", "expected the client's id, found none");
        refuse.unless(
                !issuer.operators().isEmpty() || !issuer.viewers().isEmpty(),
                KEY + "issuer.operators",
                "expected values of the claim " + issuer.roleClaim() + " here or in viewers, found none, so that nobody"
                        + " could come in");
    }

    private static void name(String name, String key, Refuse refuse) {
        refuse.unless(
                !name.isBlank() && name.indexOf(':') < 0,
                key,
                "expected a name without a colon, found \"" + name + "\"");
    }

    private static void password(@Nullable Secret password, String key, Refuse refuse) {
        int length = password == null ? 0 : password.value().getBytes(StandardCharsets.UTF_8).length;
        refuse.unless(
                length <= LONGEST_PASSWORD, key, "expected at most " + LONGEST_PASSWORD + " bytes, found " + length);
    }
}
