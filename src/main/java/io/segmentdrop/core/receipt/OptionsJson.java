package io.segmentdrop.core.receipt;

import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import io.segmentdrop.core.sidecar.Suppression;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every effective option as the sidecar would write it, with its origin. */
public final class OptionsJson {

    private OptionsJson() {}

    /** {@code {"clear": {"value": false, "from": "sidecar"}}}, in the order of {@link Key}. */
    public static Map<String, Object> of(Options options) {
        Map<String, Object> json = new LinkedHashMap<>();
        options.settings().values().forEach((key, value) -> {
            if (key.isOption()) {
                json.put(key.word(), option(value, options.from().get(key)));
            }
        });
        return json;
    }

    private static Map<String, @Nullable Object> option(Object value, @Nullable Origin from) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("value", value(value));
        json.put("from", from == null ? null : from.name().toLowerCase(Locale.ROOT));
        return json;
    }

    private static @Nullable Object value(Object value) {
        return switch (value) {
            case ActiveStatus status -> status == ActiveStatus.LEAD ? null : status == ActiveStatus.ACTIVE;
            case SubscriptionAction action -> action.word();
            case Suppression suppression -> suppression.word();
            case SegmentRef.Id segment -> segment.id();
            case SegmentRef.Create segment -> Map.of("create", create(segment));
            default -> value;
        };
    }

    private static Map<String, Object> create(SegmentRef.Create segment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", segment.name());
        json.put("description", segment.description());
        json.put("publicationId", segment.publicationId());
        if (segment.suppression() != null) {
            json.put("suppression", segment.suppression().word());
        }
        if (segment.autoResponderId() != null) {
            json.put("autoResponderId", segment.autoResponderId());
        }
        if (segment.redirectUrl() != null) {
            json.put("redirectUrl", segment.redirectUrl());
        }
        return json;
    }
}
