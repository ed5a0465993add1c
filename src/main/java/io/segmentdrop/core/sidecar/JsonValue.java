package io.segmentdrop.core.sidecar;

import java.util.List;

/** One JSON value as it was written: numbers keep their notation and objects their repeated keys, so that both can be refused. */
sealed interface JsonValue {

    /** Its members in their order, repeated names among them. */
    record Obj(List<Member> members) implements JsonValue {

        public Obj {
            members = List.copyOf(members);
        }
    }

    /** A name, decoded, and its value. */
    record Member(String name, JsonValue value) {}

    /** A list. */
    record Arr(List<JsonValue> elements) implements JsonValue {

        public Arr {
            elements = List.copyOf(elements);
        }
    }

    /** A text, decoded; it may hold anything that JSON can write, lone surrogates too. */
    record Text(String text) implements JsonValue {}

    /** A number in the notation of the document. */
    record Num(String literal) implements JsonValue {

        /** True without a fraction and an exponent, even if both would come to nothing. */
        boolean isWhole() {
            return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }
    }

    /** true or false. */
    record Bool(boolean value) implements JsonValue {}

    /** null. */
    record Null() implements JsonValue {}

    /** What stands below the deepest level that is read. */
    record TooDeep() implements JsonValue {}

    /** What a message says was found. */
    default String kind() {
        return switch (this) {
            case Obj object -> "an object";
            case Arr list -> "a list";
            case Text text -> "a text";
            case Num number -> number.isWhole() ? "a number" : "a number with a fraction or an exponent";
            case Bool bool -> String.valueOf(bool.value());
            case Null nothing -> "null";
            case TooDeep deep -> "too many levels";
        };
    }

    /** True if some of it was too deep to be read. */
    default boolean isTooDeep() {
        return switch (this) {
            case Obj object -> object.members().stream().anyMatch(m -> m.value().isTooDeep());
            case Arr list -> list.elements().stream().anyMatch(JsonValue::isTooDeep);
            case TooDeep deep -> true;
            case Text text -> false;
            case Num number -> false;
            case Bool bool -> false;
            case Null nothing -> false;
        };
    }
}
