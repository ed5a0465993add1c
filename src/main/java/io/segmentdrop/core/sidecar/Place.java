package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands, for the messages about it.
 *
 * @param key the sidecar's key; null for the sidecar as a whole
 * @param label the place in words, such as {@code `clear`} or {@code element 2 of `tagsToAdd`}
 */
record Place(@Nullable String key, String label, Findings findings) {

    static Place of(String key, Findings findings) {
        return new Place(key, "`" + key + "`", findings);
    }

    /** @param number from 1 */
    Place element(int number) {
        return new Place(key, "element " + number + " of " + label, findings);
    }

    Place member(String name) {
        return new Place(key, Texts.show(name) + " in " + label, findings);
    }

    /** This place, under the name of a key of the sidecar if it is the sidecar as a whole. */
    Place of(String name) {
        return key == null && Texts.isShowable(name) ? new Place(name, label, findings) : this;
    }

    void add(Code code, String message) {
        findings.add(new Problem(code, 0, key, message));
    }

    /** Says "expected … for this place, found …" and answers null, so that a reader can end with it. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // no value is ever cast: the answer is always null
    <T> @Nullable T refuse(Code code, String expected, String found) {
        add(code, "expected " + expected + " for " + label + ", found " + found);
        return null;
    }

    /** As {@link #refuse} with {@link Code#SIDE_WRONG_TYPE}, naming the JSON type that was found. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> @Nullable T wrongType(String expected, JsonValue found) {
        return refuse(Code.SIDE_WRONG_TYPE, expected, found.kind());
    }
}
