package io.segmentdrop.shell.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

/**
 * Keeps the token of the forms: in the session of who is signed in, where no neighbour of our host can plant one; in a cookie
 * before, so that a stranger costs no memory.
 */
final class CsrfTokens implements CsrfTokenRepository {

    private static final String HEADER = "X-CSRF-TOKEN";

    private final CookieCsrfTokenRepository strangers = new CookieCsrfTokenRepository();
    private final HttpSessionCsrfTokenRepository signedIn = new HttpSessionCsrfTokenRepository();

    CsrfTokens() {
        strangers.setHeaderName(HEADER);
        strangers.setCookieName("csrf");
        strangers.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        signedIn.setHeaderName(HEADER);
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return request.getSession(false) == null ? strangers : signedIn;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }
}
