package io.segmentdrop.shell.config;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A user and a password that can be typed, sent and kept. */
record OpsRule() implements StartupRule {

    private static final String KEY = SegmentDropProperties.PREFIX + ".ops.";

    /** BCrypt reads no further. */
    private static final int LONGEST_PASSWORD = 72;

    /** What a password that is hashed already begins with. */
    private static final String HASHED = "{bcrypt}";

    /** Up to cost 14, which takes more than a second. */
    private static final Pattern HASH = Pattern.compile("\\{bcrypt}\\$2[aby]?\\$(0[4-9]|1[0-4])\\$[./0-9A-Za-z]{53}");

    /** Where Spring Security waits for whom the issuer sends back. */
    private static final String BACK = "/login/oauth2/code/issuer";

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
                isSafe(issuer.uri()), KEY + "issuer.uri", "expected an https address, found \"" + issuer.uri() + "\"");
        String back = issuer.redirectUri();
        refuse.unless(
                back == null || (isSafe(back) && back.endsWith(BACK)),
                KEY + "issuer.redirect-uri",
                "expected https://HOST" + BACK + ", found \"" + back + "\"");
        refuse.unless(issuer.clientId() != null, KEY + "issuer.client-id", "expected the client's id, found none");
        refuse.unless(
                !issuer.operators().isEmpty() || !issuer.viewers().isEmpty(),
                KEY + "issuer.operators",
                "expected values of the claim " + issuer.roleClaim() + " here or in viewers, found none, so that nobody"
                        + " could come in");
    }

    private static boolean isSafe(String uri) {
        return uri.startsWith("https://") || uri.startsWith("http://127.0.0.1:");
    }

    private static void name(String name, String key, Refuse refuse) {
        refuse.unless(
                !name.isBlank() && name.indexOf(':') < 0,
                key,
                "expected a name without a colon, found \"" + name + "\"");
    }

    private static void password(@Nullable Secret password, String key, Refuse refuse) {
        if (password != null && password.value().startsWith(HASHED)) {
            refuse.unless(
                    HASH.matcher(password.value()).matches(),
                    key,
                    "expected {bcrypt} and a bcrypt hash of cost 4 to 14, found another text behind {bcrypt}");
            return;
        }
        int length = password == null ? 0 : password.value().getBytes(StandardCharsets.UTF_8).length;
        refuse.unless(
                length <= LONGEST_PASSWORD, key, "expected at most " + LONGEST_PASSWORD + " bytes, found " + length);
    }
}
