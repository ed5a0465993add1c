package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Remembers, in the browser, which page a person wanted before the sign-in. Whatever the cookie says, it leads to a page of ours
 * and to no other host.
 */
final class WayBack extends CookieRequestCache {

    /** What a browser cannot take for a host: neither a second slash nor what it reads as one. */
    private static final Pattern OURS = Pattern.compile("/(?:[A-Za-z0-9._~%?+-][!-\\[\\]-~]*)?");

    /** Browsers keep no larger cookie than 4 KiB, and a header has its limit, too. */
    private static final int LONGEST = 1_000;

    /** @param pages what a person may have wanted to see */
    WayBack(RequestMatcher pages) {
        setRequestMatcher(request ->
                request.getMethod().equals("GET") && address(request).length() <= LONGEST && pages.matches(request));
    }

    private static String address(HttpServletRequest request) {
        return address(request.getRequestURI(), request.getQueryString());
    }

    private static String address(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    /** Forgets it, too: it leads there once. */
    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        if (super.getRequest(request, response) instanceof DefaultSavedRequest saved) {
            removeRequest(request, response);
            String address = address(String.valueOf(saved.getRequestURI()), saved.getQueryString());
            if (OURS.matcher(address).matches()) {
                return new SimpleSavedRequest(address);
            }
        }
        return null;
    }

    /** Nothing but the address is kept of a request. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }
}
