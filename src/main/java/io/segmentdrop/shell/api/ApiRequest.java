package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.FormField;
import java.util.List;

/** One request to the API. All of them go over the same client and are observed alike. */
public sealed interface ApiRequest {

    /** How far it is. */
    Progress progress();

    /**
     * Imports one chunk into a segment.
     *
     * @param segment the segment's id
     * @param fields the form's simple fields, in their order
     * @param slice the rows
     * @param progress filled while the request is sent
     */
    record Import(long segment, List<FormField> fields, Slice slice, Progress progress) implements ApiRequest {

        public Import {
            fields = List.copyOf(fields);
        }

        public Import(long segment, List<FormField> fields, Slice slice) {
            this(segment, fields, slice, new Progress());
        }
    }

    /**
     * Creates a segment.
     *
     * @param json the documented body
     * @param progress filled while the request is sent
     */
    record CreateSegment(String json, Progress progress) implements ApiRequest {

        public CreateSegment(String json) {
            this(json, new Progress());
        }
    }

    /**
     * Asks for a segment, which changes nothing: the probe of a closed gate, and the check of a segment's kind.
     *
     * @param segment the segment's id
     * @param progress filled while the request is sent
     */
    record AskSegment(long segment, Progress progress) implements ApiRequest {

        public AskSegment(long segment) {
            this(segment, new Progress());
        }
    }
}
