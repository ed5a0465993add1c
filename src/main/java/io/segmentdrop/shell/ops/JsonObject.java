package io.segmentdrop.shell.ops;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that keeps the order of its members and leaves out what is not known. */
final class JsonObject {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Object> members;

    JsonObject() {
        this(Map.of());
    }

    /** One that begins with these members. */
    JsonObject(Map<String, ?> first) {
        members = new LinkedHashMap<>(first);
    }

    JsonObject put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** A time in ISO 8601, UTC, with milliseconds. */
    JsonObject time(String name, @Nullable Instant time) {
        return put(name, time == null ? null : TIME.format(time));
    }

    /** A time of the ledger. */
    JsonObject time(String name, @Nullable Long millis) {
        return time(name, millis == null ? null : Instant.ofEpochMilli(millis));
    }

    Map<String, Object> map() {
        return members;
    }
}
