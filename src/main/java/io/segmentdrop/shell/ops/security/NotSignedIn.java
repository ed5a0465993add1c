package io.segmentdrop.shell.ops.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

/** Shows the form again, and keeps nothing of who did not sign in. */
final class NotSignedIn extends SimpleUrlAuthenticationFailureHandler {

    /** @param page where to go */
    NotSignedIn(String page) {
        super(page);
        setAllowSessionCreation(false);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException, ServletException {
        if (why instanceof NotNow notNow) {
            notNow.answer(response);
        } else {
            super.onAuthenticationFailure(request, response, why);
        }
    }
}
