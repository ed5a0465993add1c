package io.segmentdrop.core.sidecar;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes options as one unambiguous text: JSON without blanks, members by name. */
final class CanonicalText {

    private CanonicalText() {}

    static String of(Settings settings) {
        SortedMap<String, Object> options = new TreeMap<>();
        settings.values().forEach((key, value) -> {
            if (key.isOption() && key != Key.DRY_RUN) {
                options.put(key.word(), value);
            }
        });
        return object(options);
    }

    private static String object(Map<?, ?> members) {
        return new TreeMap<>(members)
                .entrySet().stream()
                        .map(member -> text(member.getKey().toString()) + ":" + value(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        return switch (value) {
            case Boolean truth -> truth.toString();
            case Long number -> number.toString();
            case ActiveStatus status -> status(status);
            case SubscriptionAction action -> text(action.word());
            case Suppression suppression -> text(suppression.word());
            case SegmentRef.Id(long id) -> String.valueOf(id);
            case SegmentRef.Create create -> create(create);
            case List<?> ids -> ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> members -> object(members);
            default -> text(value.toString());
        };
    }

    private static String status(ActiveStatus status) {
        return switch (status) {
            case ACTIVE -> "true";
            case INACTIVE -> "false";
            case LEAD -> "null";
        };
    }

    private static String create(SegmentRef.Create create) {
        SortedMap<String, Object> parts = new TreeMap<>();
        parts.put("name", create.name());
        parts.put("description", create.description());
        parts.put("publicationId", create.publicationId());
        put(parts, "suppression", create.suppression());
        put(parts, "autoResponderId", create.autoResponderId());
        put(parts, "redirectUrl", create.redirectUrl());
        return object(Map.of("create", parts));
    }

    private static void put(Map<String, Object> parts, String name, @Nullable Object part) {
        if (part != null) {
            parts.put(name, part);
        }
    }

    private static String text(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
