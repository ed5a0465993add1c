package io.segmentdrop.shell.ops.security;

import java.util.Locale;

/** How a try to sign in by name and password ended. */
enum SignInOutcome {
    /** Right, after the slow hash. */
    VERIFIED,
    /** Right, and was right some minutes ago. */
    REMEMBERED,
    WRONG,
    /** Not looked at, after too many wrong ones. */
    SLOWED,
    /** Not looked at, since too many others waited. */
    BUSY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
