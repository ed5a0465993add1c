package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/** Walks an object's members in their order; repeated names are refused and their first value counts. */
final class Members {

    private Members() {}

    /** @param at where the object stands, for the messages about repeated names */
    static void each(JsonValue.Obj object, Place at, BiConsumer<String, JsonValue> visit) {
        Set<String> seen = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (JsonValue.Member member : object.members()) {
            String name = member.name();
            if (seen.add(name)) {
                visit.accept(name, member.value());
            } else if (told.add(name)) {
                at.of(name)
                        .add(
                                Code.SIDE_DUPLICATE_KEY,
                                "expected each key once in " + at.label() + ", found " + Texts.show(name) + " again");
            }
        }
    }

    /** Says that an object has a member which it must not have. */
    static void unknown(String name, Collection<String> known, Place at) {
        String hint = NearMiss.hint(name, known);
        at.add(
                Code.SIDE_UNKNOWN_KEY,
                "expected only " + String.join(", ", known) + " in " + at.label() + ", found " + Texts.show(name)
                        + hint);
    }
}
