package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.ledger.Events;
import io.segmentdrop.shell.ledger.ImportRow;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.InstantSource;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * All rejected rows of an import as CSV, for an operator: what to mend and drop again. They hold personal data, so that each
 * download is an event that names the person.
 */
@RestController
final class RejectsController {

    private final Acting acting;
    private final RejectedRows rows;
    private final Events events;
    private final ProducerTemplate camel;
    private final InstantSource clock;

    RejectsController(Acting acting, RejectedRows rows, Events events, ProducerTemplate camel, Clock clock) {
        this.acting = acting;
        this.rows = rows;
        this.events = events;
        this.camel = camel;
        this.clock = clock;
    }

    @GetMapping("/api/imports/{id}/rejects")
    void export(@PathVariable String id, Principal user, HttpServletResponse answer) throws IOException {
        ImportRow row = acting.find(id);
        if (!rows.areThere(row)) {
            throw Refusal.unknown("an import with rejected rows", id);
        }
        events.add(clock.instant(), id, row.dropName(), "downloaded", "rejects.csv", user.getName());
        answer.setContentType("text/csv;charset=UTF-8");
        answer.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(id + "-rejects.csv")
                        .build()
                        .toString());
        write(row, answer);
    }

    /** Whatever fails by then breaks the answer off, so that nobody takes a part for the whole. */
    private void write(ImportRow row, HttpServletResponse answer) throws IOException {
        Exchange done = camel.request("direct:rejects-export", exchange -> {
            exchange.getMessage().setBody(row);
            exchange.setVariable(RejectedRows.EXPORTED_TO, answer.getOutputStream());
        });
        Exception fault = done.getException() == null
                ? done.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                : done.getException();
        if (fault instanceof CamelExecutionException wrapped && wrapped.getCause() instanceof IOException io) {
            throw io;
        }
        if (fault != null) {
            throw new IOException("the rejected rows could not be read to their end", fault);
        }
    }
}
