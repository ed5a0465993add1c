package io.segmentdrop.core.sidecar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A text to one JSON object (RFC 8259, without extensions), or to the one fault that keeps it from being that. */
final class JsonReader {

    /** The deepest level that is read; the object itself is the first. */
    static final int MAX_DEPTH = 8;

    /** What came of the text. */
    sealed interface Document {

        /** The text is one object. */
        record Whole(JsonValue.Obj root) implements Document {}

        /** The text is something else. */
        record Refused(Problem problem) implements Document {}
    }

    // the sidecar's size is the limit; the parser's own limits would hide what is wrong
    private static final int NO_LIMIT = 1 << 17;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NO_LIMIT)
                    .maxNumberLength(NO_LIMIT)
                    .maxNameLength(NO_LIMIT)
                    .build())
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private JsonReader() {}

    /** @param text at most 64 Ki characters; neither a message nor an exception repeats any of it */
    static Document read(String text) {
        if (text.isBlank()) {
            return refused(Code.SIDE_EMPTY, "expected a JSON object, found nothing");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            return read(parser);
        } catch (JsonProcessingException e) {
            return refused(Code.SIDE_MALFORMED, describe(e, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document read(JsonParser parser) throws IOException {
        parser.nextToken();
        JsonValue value = value(parser, 1);
        if (!(value instanceof JsonValue.Obj root)) {
            return refused(Code.SIDE_NOT_OBJECT, "expected one JSON object, found " + value.kind());
        }
        if (goesOn(parser)) {
            String where = place(parser.currentTokenLocation());
            return refused(Code.SIDE_TRAILING_DATA, "expected nothing after the object, found more" + where);
        }
        return new Document.Whole(root);
    }

    private static Document refused(Code code, String message) {
        return new Document.Refused(Problem.of(code, message));
    }

    private static JsonValue value(JsonParser parser, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && depth > MAX_DEPTH) {
            parser.skipChildren();
            return new JsonValue.TooDeep();
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> list(parser, depth);
            case VALUE_STRING -> new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Num(parser.getText());
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case VALUE_NULL -> new JsonValue.Null();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("expected a value, found " + token);
        };
    }

    private static JsonValue object(JsonParser parser, int depth) throws IOException {
        List<JsonValue.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new JsonValue.Member(name, value(parser, depth + 1)));
        }
        return new JsonValue.Obj(members);
    }

    private static JsonValue list(JsonParser parser, int depth) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, depth + 1));
        }
        return new JsonValue.Arr(elements);
    }

    private static boolean goesOn(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static String describe(JsonProcessingException e, String text) {
        String where = place(e.getLocation());
        return e instanceof JsonEOFException
                ? "expected more JSON, found the end" + where + "; is the upload whole?"
                : "expected JSON, found " + culprit(e.getLocation(), text) + where;
    }

    private static String culprit(JsonLocation location, String text) {
        int at = (int) location.getCharOffset();
        String near = text.substring(Math.max(0, Math.min(at - 1, text.length())), Math.min(text.length(), at + 1));
        if (near.contains("'")) {
            return "a single quote";
        }
        return near.contains("/") || near.contains("#") ? "a comment" : "a fault";
    }

    private static String place(JsonLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
