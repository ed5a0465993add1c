package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.config.SegmentDropProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The form with which people sign in; machines send HTTP Basic. */
@RestController
final class SignInController {

    private final Pages pages;
    private final boolean issuer;

    SignInController(Pages pages, SegmentDropProperties properties) {
        this.pages = pages;
        this.issuer = properties.ops().issuer().uri() != null;
    }

    @GetMapping(path = "/login", produces = PageAnswers.HTML)
    String signIn(HttpServletRequest request) {
        return pages.render(
                "login",
                new SignInPage(
                        pages.bare(request, "Sign in"),
                        request.getParameter("error") != null,
                        request.getParameter("logout") != null,
                        issuer,
                        request.getParameter("issuer") != null));
    }
}
