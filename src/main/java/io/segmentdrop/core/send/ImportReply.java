package io.segmentdrop.core.send;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** How the body of a 201 reads. Fields besides {@code error} are left unread: the API may add to them. */
enum ImportReply {
    /** One JSON object that says {@code "error": false}, once. */
    NO_ERROR,
    /** One JSON object that says {@code "error": true}, once. */
    ERROR,
    /** JSON that says neither. */
    UNCLEAR,
    /** No complete JSON text, or more than one. */
    NOT_JSON;

    private static final JsonFactory JSON = new JsonFactory();

    static ImportReply read(String body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return NOT_JSON;
            }
            ImportReply reply = first == JsonToken.START_OBJECT ? readObject(parser) : skip(parser);
            return parser.nextToken() == null ? reply : NOT_JSON;
        } catch (IOException malformed) {
            return NOT_JSON;
        }
    }

    private static ImportReply skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return UNCLEAR;
    }

    private static ImportReply readObject(JsonParser parser) throws IOException {
        int errors = 0;
        ImportReply reply = UNCLEAR;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isError = "error".equals(parser.currentName());
            JsonToken value = parser.nextToken();
            parser.skipChildren();
            if (isError) {
                errors++;
                reply = of(value);
            }
        }
        return errors == 1 ? reply : UNCLEAR;
    }

    private static ImportReply of(JsonToken value) {
        return switch (value) {
            case VALUE_FALSE -> NO_ERROR;
            case VALUE_TRUE -> ERROR;
            default -> UNCLEAR;
        };
    }
}
