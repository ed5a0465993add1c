package io.segmentdrop.shell.ops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of an action: no body, or an object with one member that is one of a few words. */
final class ActionBody {

    private ActionBody() {}

    /**
     * The choice that the body makes.
     *
     * @param body null for no body
     * @param usual the choice of a body that makes none
     */
    static <E extends Enum<E>> E choice(@Nullable JsonNode body, String name, E usual, Function<E, String> word) {
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
            if (!other.equals(name)) {
                throw Refusal.bad(expected, "the key " + Refusal.quoted(other));
            }
        });
        return body.isEmpty() ? usual : value(body.get(name), usual, word, expected);
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
