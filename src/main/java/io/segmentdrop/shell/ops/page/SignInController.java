package io.segmentdrop.shell.ops.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The form with which people sign in; machines send HTTP Basic. */
@RestController
final class SignInController {

    private final Pages pages;

    SignInController(Pages pages) {
        this.pages = pages;
    }

    @GetMapping(path = "/login", produces = PageAnswers.HTML)
    String signIn(HttpServletRequest request) {
        return pages.render(
                "login",
                new SignInPage(
                        pages.bare(request, "Sign in"),
                        request.getParameter("error") != null,
                        request.getParameter("logout") != null,
                        false));
    }
}
