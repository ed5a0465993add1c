package io.segmentdrop.core.send;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@code Location} says. It is never followed, and its query is never kept, since it may hold secrets. */
final class Redirects {

    private static final int LONGEST_PLACE = 200;
    private static final Pattern AUTHORITY = Pattern.compile("^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//([^/?#]*)");
    private static final Pattern LOGIN = Pattern.compile(
            "(?:^|[/.])(?:log-?in|sign-?in|sign_in|auth|oauth2?|authenticate|authorize|sso|saml2?)(?:$|[/._-])");

    private Redirects() {}

    /** The path alone; empty if there is no header or it has no path. */
    static String place(@Nullable String location) {
        String path = path(location);
        return TextEscape.escape(path.substring(0, Math.min(path.length(), LONGEST_PLACE)));
    }

    /** True if the path or the host's first name is that of a login page. */
    static boolean isLogin(@Nullable String location) {
        return LOGIN.matcher(path(location).toLowerCase(Locale.ROOT)).find()
                || LOGIN.matcher(firstName(location).toLowerCase(Locale.ROOT)).find();
    }

    private static String path(@Nullable String location) {
        return location == null
                ? ""
                : AUTHORITY.matcher(location.strip()).replaceFirst("").split("[?#;]", 2)[0];
    }

    private static String firstName(@Nullable String location) {
        if (location == null) {
            return "";
        }
        var authority = AUTHORITY.matcher(location.strip());
        return authority.find() ? authority.group(1).split("\\.", 2)[0] : "";
    }
}
