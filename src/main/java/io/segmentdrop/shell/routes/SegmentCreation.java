package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Observation;
import io.segmentdrop.core.send.Outcome;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.Suppression;
import io.segmentdrop.shell.api.ApiRequest;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.CreatedSegments;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.time.InstantSource;

/**
 * Creates the segment of an import whose sidecar asks for it. Promise: asked for once; if the answer is lost, a person
 * decides, since a second request would make a second segment.
 */
public final class SegmentCreation {

    private final ObjectMapper json;
    private final CreatedSegments created;
    private final InstantSource clock;

    public SegmentCreation(ObjectMapper json, CreatedSegments created, InstantSource clock) {
        this.json = json;
        this.created = created;
        this.clock = clock;
    }

    /** The documented body of POST /messages/segments. */
    ApiRequest request(ImportRow row) {
        SegmentRef.Create create = create(row);
        ObjectNode body = json.createObjectNode()
                .put("name", create.name())
                .put("description", create.description())
                .put("publication_id", create.publicationId())
                .put("type", "static")
                .put("is_suppression", create.suppression() != null);
        if (create.suppression() != null) {
            // the API's word for plain addresses is null
            body.put(
                    "suppression_type",
                    create.suppression() == Suppression.NONE
                            ? null
                            : create.suppression().word());
        }
        if (create.autoResponderId() != null) {
            body.put("auto_responder_id", create.autoResponderId());
        }
        if (create.redirectUrl() != null) {
            body.put("redirect_url", create.redirectUrl());
        }
        return new ApiRequest.CreateSegment(body.toString());
    }

    /** An answer without the new segment's id is a breach of contract. */
    Outcome judged(Observation seen, Outcome.Accepted accepted) {
        return id(seen.body()) < 1 ? new Outcome.ContractBreach(Code.API_CONTRACT, accepted.answer()) : accepted;
    }

    /** Remembers the new segment of an answer that was accepted. */
    void remember(ImportRow row, Observation seen) {
        created.remember(row, create(row).name(), id(seen.body()), clock.instant());
    }

    /** Whether the attempt was to create a segment that is known by now: its answer was recorded before the attempt's end. */
    boolean isKnown(Claim claim) {
        return claim.chunk().number() == 0
                && created.find(claim.row().dropName(), create(claim.row()).name())
                        .isPresent();
    }

    private long id(String body) {
        try {
            JsonNode id = json.readTree(body).path("data").path("id");
            return id.isIntegralNumber() ? id.longValue() : 0;
        } catch (JsonProcessingException e) {
            return 0;
        }
    }

    private static SegmentRef.Create create(ImportRow row) {
        Options options = LedgerJson.options(row.options());
        if (options != null && options.settings().segment() instanceof SegmentRef.Create create) {
            return create;
        }
        throw new IllegalStateException("expected import " + row.id() + " to create a segment");
    }
}
