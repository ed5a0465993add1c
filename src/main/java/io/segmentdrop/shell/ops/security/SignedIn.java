package io.segmentdrop.shell.ops.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Gives whoever has just signed in a place among the sessions, and shows the page that was wanted. */
final class SignedIn extends SavedRequestAwareAuthenticationSuccessHandler {

    private final Seats seats;

    SignedIn(Seats seats, WayBack way) {
        this.seats = seats;
        setRequestCache(way);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException, ServletException {
        seats.take(who.getName(), request.getSession());
        super.onAuthenticationSuccess(request, response, who);
    }
}
