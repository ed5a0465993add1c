package io.segmentdrop.shell.config;

import java.nio.charset.StandardCharsets;

/** A user and a password that can be typed, sent and kept. */
record OpsRule() implements StartupRule {

    private static final String KEY = SegmentDropProperties.PREFIX + ".ops.";

    /** BCrypt reads no further. */
    private static final int LONGEST_PASSWORD = 72;

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        OpsProperties ops = properties.ops();
        refuse.unless(
                !ops.user().isBlank() && ops.user().indexOf(':') < 0,
                KEY + "user",
                "expected a name without a colon, found \"" + ops.user() + "\"");
        Secret password = ops.password();
        int length = password == null ? 0 : password.value().getBytes(StandardCharsets.UTF_8).length;
        refuse.unless(
                length <= LONGEST_PASSWORD,
                KEY + "password",
                "expected at most " + LONGEST_PASSWORD + " bytes, found " + length);
    }
}
