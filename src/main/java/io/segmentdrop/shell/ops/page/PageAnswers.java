package io.segmentdrop.shell.ops.page;

import io.segmentdrop.shell.ops.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every page that is no success says what was expected, what was found and what to do. */
@RestControllerAdvice(basePackageClasses = PageAnswers.class)
final class PageAnswers {

    static final String HTML = "text/html;charset=UTF-8";

    private static final Logger LOG = LoggerFactory.getLogger(PageAnswers.class);

    private final Pages pages;

    PageAnswers(Pages pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    ResponseEntity<String> refused(HttpServletRequest request, Refusal refusal) {
        ProblemDetail problem = refusal.problem();
        return answer(request, problem.getStatus(), Objects.requireNonNull(problem.getDetail()));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class, UncheckedIOException.class})
    ResponseEntity<String> noDisk(HttpServletRequest request, RuntimeException e) {
        LOG.warn("A page cannot use the ledger or the folders: {}", String.valueOf(e.getMessage()));
        return answer(
                request,
                503,
                "expected an answer of the ledger and of the home's disk, found none; check"
                        + " /actuator/health/readiness and the log, then try again");
    }

    private ResponseEntity<String> answer(HttpServletRequest request, int status, String text) {
        ProblemPage page = new ProblemPage(pages.bare(request, "Not done"), status, text);
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(HTML))
                .body(pages.render("problem", page));
    }
}
