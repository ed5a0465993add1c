package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code segment}: an id, or {@code {"create": {…}}}. */
final class SegmentReader {

    static final int MAX_NAME = 255;
    static final int MAX_DESCRIPTION = 1000;
    static final int MAX_URL = 2000;

    private static final String CREATE = "create";

    /** The keys of {@code segment.create}. */
    enum Part {
        NAME("name"),
        DESCRIPTION("description"),
        PUBLICATION_ID("publicationId"),
        SUPPRESSION("suppression"),
        AUTO_RESPONDER_ID("autoResponderId"),
        REDIRECT_URL("redirectUrl");

        private static final Set<Part> NEEDED = Set.of(NAME, DESCRIPTION, PUBLICATION_ID);

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Part::word).toList();
        }
    }

    private SegmentReader() {}

    static @Nullable SegmentRef read(JsonValue value, Place at) {
        return switch (value) {
            case JsonValue.Num number -> id(number, at);
            case JsonValue.Obj object -> wrapper(object, at);
            case JsonValue.Arr list -> wrongType(list, at);
            case JsonValue.Text text -> wrongType(text, at);
            case JsonValue.Bool bool -> wrongType(bool, at);
            case JsonValue.Null nothing -> wrongType(nothing, at);
            case JsonValue.TooDeep deep -> wrongType(deep, at);
        };
    }

    private static @Nullable SegmentRef id(JsonValue.Num number, Place at) {
        if (!number.isWhole()) {
            return wrongType(number, at);
        }
        Long id = Scalars.id(number, at);
        return id == null ? null : new SegmentRef.Id(id);
    }

    private static @Nullable SegmentRef wrongType(JsonValue value, Place at) {
        return at.wrongType("the id of a segment (a whole number) or an object", value);
    }

    private static @Nullable SegmentRef wrapper(JsonValue.Obj object, Place at) {
        Map<String, JsonValue> found = new HashMap<>();
        Members.each(object, at, (name, value) -> {
            if (name.equals(CREATE)) {
                found.put(name, value);
            } else {
                Members.unknown(name, List.of(CREATE), at);
            }
        });
        JsonValue create = found.get(CREATE);
        if (create == null) {
            return at.refuse(Code.SIDE_CREATE_INCOMPLETE, "the member `create`", "an object without it");
        }
        Place place = new Place(at.key(), "`segment.create`", at.findings());
        return create instanceof JsonValue.Obj parts ? create(parts, place) : place.wrongType("an object", create);
    }

    private static @Nullable SegmentRef create(JsonValue.Obj object, Place at) {
        Map<Part, Object> parts = new EnumMap<>(Part.class);
        Set<Part> given = EnumSet.noneOf(Part.class);
        Members.each(object, at, (name, value) -> {
            Part part = part(name);
            if (part == null) {
                Members.unknown(name, Part.words(), at);
                return;
            }
            given.add(part);
            Object read = read(part, value, new Place(at.key(), "`segment.create." + name + "`", at.findings()));
            if (read != null) {
                parts.put(part, read);
            }
        });
        missing(given, at);
        return parts.keySet().containsAll(Part.NEEDED) ? create(parts) : null;
    }

    private static SegmentRef create(Map<Part, Object> parts) {
        return new SegmentRef.Create(
                (String) needed(parts, Part.NAME),
                (String) needed(parts, Part.DESCRIPTION),
                (Long) needed(parts, Part.PUBLICATION_ID),
                (Suppression) parts.get(Part.SUPPRESSION),
                (Long) parts.get(Part.AUTO_RESPONDER_ID),
                (String) parts.get(Part.REDIRECT_URL));
    }

    private static Object needed(Map<Part, Object> parts, Part part) {
        return Objects.requireNonNull(parts.get(part));
    }

    private static void missing(Set<Part> given, Place at) {
        List<String> missing = new ArrayList<>();
        for (Part part : Part.values()) {
            if (Part.NEEDED.contains(part) && !given.contains(part)) {
                missing.add(part.word());
            }
        }
        if (!missing.isEmpty()) {
            at.refuse(
                    Code.SIDE_CREATE_INCOMPLETE,
                    "name, description and publicationId",
                    "no " + String.join(" and no ", missing));
        }
    }

    private static @Nullable Part part(String name) {
        for (Part part : Part.values()) {
            if (part.word().equals(name)) {
                return part;
            }
        }
        return null;
    }

    private static @Nullable Object read(Part part, JsonValue value, Place at) {
        return switch (part) {
            case NAME -> filled(value, MAX_NAME, at);
            case DESCRIPTION -> filled(value, MAX_DESCRIPTION, at);
            case PUBLICATION_ID, AUTO_RESPONDER_ID -> Scalars.id(value, at);
            case SUPPRESSION -> Scalars.word(value, Suppression.values(), Suppression::word, at);
            case REDIRECT_URL -> url(value, at);
        };
    }

    private static @Nullable String filled(JsonValue value, int most, Place at) {
        String text = Scalars.text(value, most, at);
        return text != null && text.isBlank() ? at.refuse(Code.SIDE_CREATE_INCOMPLETE, "a text", "a blank one") : text;
    }

    private static @Nullable String url(JsonValue value, Place at) {
        String text = Scalars.text(value, MAX_URL, at);
        return text == null || isWebAddress(text)
                ? text
                : at.refuse(Code.SIDE_BAD_URL, "an absolute http or https address", "another text");
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
