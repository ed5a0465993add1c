package io.segmentdrop.shell.ops.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** What a browser is shown where no page could answer; nothing of the inside. */
@Component
final class ErrorPages implements ErrorViewResolver {

    private final Pages pages;

    ErrorPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        View view = (values, asked, response) -> {
            response.setContentType(PageAnswers.HTML);
            response.getWriter()
                    .write(pages.render(
                            "problem",
                            new ProblemPage(
                                    pages.bare(request, status.getReasonPhrase()), status.value(), text(status))));
        };
        return new ModelAndView(view, model);
    }

    private static String text(HttpStatus status) {
        return switch (status) {
            case FORBIDDEN ->
                "expected an operator, or a form of this page, found neither; sign in as an operator and try"
                        + " again";
            case NOT_FOUND -> "expected the address of a page, found another one";
            case TOO_MANY_REQUESTS ->
                "expected the right password, found too many wrong ones; wait a minute at most, then try again";
            case SERVICE_UNAVAILABLE -> "expected fewer sign-ins at once, found too many; try again in a moment";
            default ->
                status.is4xxClientError()
                        ? "expected a request as the pages make them, found another one"
                        : "expected an answer, found a fault of segment-drop; the log says more";
        };
    }
}
