package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Phase;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.shell.api.ApiRequest;
import io.segmentdrop.shell.ledger.Gates;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Asks the API what kind a segment is, where {@code api.verify-segments} wants it. Only an answer that says plainly that
 * the segment is dynamic refuses an import; any other, or none, is ignored, since the endpoint is not published. A segment
 * never changes its kind, so that it is asked once in the program's life.
 */
public final class SegmentKinds {

    private static final String ASKED_FOR = "checking";

    private final boolean wanted;
    private final Gates gates;
    private final ObjectMapper json;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    public SegmentKinds(boolean wanted, Gates gates, ObjectMapper json) {
        this.wanted = wanted;
        this.gates = gates;
        this.json = json;
    }

    /** True if the import may go ahead but for the kind of its segment, and the API can be asked. */
    public boolean isAsked(Checking checking) {
        Optional<Long> segment = wanted && checking.refusal() == null ? segment(checking) : Optional.empty();
        return segment.isPresent()
                && !known.contains(segment.get())
                && gates.find(Gates.API).isEmpty()
                && gates.find(Gates.CREDENTIAL).isEmpty();
    }

    /** The request, which changes nothing. */
    public ApiRequest ask(Exchange exchange) {
        Checking checking = Piece.body(exchange, Checking.class);
        exchange.setVariable(ASKED_FOR, checking);
        return new ApiRequest.AskSegment(segment(checking).orElseThrow());
    }

    /**
     * The import again, refused if its segment is dynamic.
     *
     * @throws Draining.EndingException if the program ends before the answer came; the check begins anew at the next start
     */
    public Checking answered(Exchange exchange) throws Draining.EndingException {
        Checking checking = Piece.variable(exchange, ASKED_FOR, Checking.class);
        long segment = segment(checking).orElseThrow();
        Observation seen = Piece.body(exchange, Observation.class);
        if (seen.isStopped()) {
            throw new Draining.EndingException();
        }
        if (seen.phase() == Phase.ANSWER_COMPLETE && seen.status() == 200) {
            if (isDynamic(seen.body())) {
                return checking.refusedBy(Problem.of(
                        Code.SEG_NOT_STATIC,
                        "expected a static segment, found that " + segment + " is dynamic: "
                                + "it would lose the imported members at night; "
                                + Code.SEG_NOT_STATIC.remedy()));
            }
            known.add(segment);
        }
        return checking;
    }

    /** The two ways in which OptiPub's pages write the kind of a segment. */
    private boolean isDynamic(String body) {
        try {
            JsonNode segment = json.readTree(body).path("data");
            return segment.path("type").asText().equals("dynamic")
                    || segment.path("dynamic").asBoolean()
                    || segment.path("is_dynamic").asBoolean();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Optional<Long> segment(Checking checking) {
        return checking.options() != null && checking.options().settings().segment() instanceof SegmentRef.Id(long id)
                ? Optional.of(id)
                : Optional.empty();
    }
}
