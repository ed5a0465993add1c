package io.segmentdrop.shell.ops;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every answer of the operations API that is no success, as {@code application/problem+json} (RFC 9457). */
@RestControllerAdvice(
        assignableTypes = {
            DropsController.class,
            ImportsController.class,
            RejectsController.class,
            DecisionsController.class,
            OverviewApiController.class
        })
final class ProblemAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String OBJECT = "a JSON object, or no body";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        return answer(refusal);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e) {
        return answer(Refusal.bad(OBJECT, "a body that is no JSON"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> otherType(HttpMediaTypeNotSupportedException e) {
        return answer(new Refusal(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                OBJECT,
                "a body of another type",
                "send Content-Type: application/json"));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class, UncheckedIOException.class})
    ResponseEntity<ProblemDetail> noDisk(RuntimeException e) {
        LOG.warn("The operations API cannot use its ledger or its folders: {}", String.valueOf(e.getMessage()));
        return answer(new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "an answer of the ledger and of the home's disk",
                "none",
                "check /actuator/health/readiness and the log, then try again"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> fault(RuntimeException e) {
        LOG.error("A fault of segment-drop in the operations API.", e);
        return answer(new Refusal(
                HttpStatus.INTERNAL_SERVER_ERROR, "an answer", "a fault of segment-drop", "the log says more"));
    }

    private static ResponseEntity<ProblemDetail> answer(Refusal refusal) {
        ProblemDetail problem = refusal.problem();
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
