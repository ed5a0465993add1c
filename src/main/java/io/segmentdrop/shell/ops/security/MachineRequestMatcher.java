package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A request that carries HTTP Basic and does not come from a page. A browser that remembers a Basic password would send it along
 * with a form of a foreign page too, but says where the form came from; such a request is no machine's.
 */
final class MachineRequestMatcher implements RequestMatcher {

    @Override
    public boolean matches(HttpServletRequest request) {
        return isBasic(request.getHeader(HttpHeaders.AUTHORIZATION))
                && request.getHeader(HttpHeaders.ORIGIN) == null
                && request.getHeader("Sec-Fetch-Site") == null;
    }

    private static boolean isBasic(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
    }
}
