package io.segmentdrop.shell.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of an action: no body, or an object whose one member is one of a few words; some know a second member. */
final class ActionBody {

    private ActionBody() {}

    /**
     * The choice that the body makes.
     *
     * @param body null for no body
     * @param usual the choice of a body that makes none
     * @param more other members that may be there
     */
    static <E extends Enum<E>> E choice(
            @Nullable JsonNode body, String name, E usual, Function<E, String> word, String... more) {
        if (body == null || body.isMissingNode() || body.isNull()) {
            return usual;
        }
        String expected = "{\"%s\": %s}"
                .formatted(
                        name,
                        values(usual)
                                .map(value -> '"' + word.apply(value) + '"')
                                .collect(Collectors.joining(" or ")));
        if (!body.isObject()) {
            throw Refusal.bad(expected, "JSON that is no object");
        }
        body.fieldNames().forEachRemaining(other -> {
            if (!other.equals(name) && !List.of(more).contains(other)) {
                throw Refusal.bad(expected, "the key " + Refusal.quoted(other));
            }
        });
        JsonNode found = body.get(name);
        return found == null ? usual : value(found, usual, word, expected);
    }

    /** A member that is text; null for none. */
    static @Nullable String text(@Nullable JsonNode body, String name) {
        JsonNode found = body == null ? null : body.get(name);
        if (found != null && !found.isTextual()) {
            throw Refusal.bad("{\"" + name + "\": \"ID\"}", Refusal.quoted(found.toString()));
        }
        return found == null ? null : found.textValue();
    }

    private static <E extends Enum<E>> E value(JsonNode found, E usual, Function<E, String> word, String expected) {
        return values(usual)
                .filter(value -> found.isTextual() && word.apply(value).equals(found.textValue()))
                .findFirst()
                .orElseThrow(() -> Refusal.bad(expected, Refusal.quoted(found.asText())));
    }

    private static <E extends Enum<E>> java.util.stream.Stream<E> values(E one) {
        return Arrays.stream(one.getDeclaringClass().getEnumConstants());
    }
}
