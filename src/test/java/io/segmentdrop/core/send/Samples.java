package io.segmentdrop.core.send;

import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import io.segmentdrop.core.sidecar.Suppression;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Options for tests, written as {@code key=value key=value}. */
final class Samples {

    private Samples() {}

    static Options options(String words) {
        Map<Key, Object> values = new EnumMap<>(Key.class);
        for (String word : words.strip().split(" +", -1)) {
            String[] pair = word.split("=", 2);
            Key key = key(pair[0]);
            values.put(key, value(key, pair[1]));
        }
        return options(values);
    }

    static Options options(Map<Key, Object> values) {
        Map<Key, Origin> from = new EnumMap<>(Key.class);
        values.keySet().forEach(key -> from.put(key, Origin.SIDECAR));
        return new Options(new Settings(values), from);
    }

    private static Key key(String word) {
        return Arrays.stream(Key.values())
                .filter(key -> key.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Object value(Key key, String text) {
        return switch (key) {
            case ACTIVE_STATUS ->
                "null".equals(text)
                        ? ActiveStatus.LEAD
                        : "true".equals(text) ? ActiveStatus.ACTIVE : ActiveStatus.INACTIVE;
            case SUBSCRIPTION_ACTION -> SubscriptionAction.valueOf(text.toUpperCase(Locale.ROOT));
            case SUPPRESSION -> Suppression.valueOf(text.toUpperCase(Locale.ROOT));
            case SOURCE_CAMPAIGN, SOURCE_PARTNER, SMS_PHONE_VARIABLE -> Long.valueOf(text);
            case TAGS_TO_ADD, TAGS_TO_REMOVE, SUBSCRIBER_TAGS_TO_ADD, SUBSCRIBER_TAGS_TO_REMOVE ->
                List.of(Long.valueOf(text));
            case SUBSCRIPTION_OPTIONS -> new TreeMap<>(Map.of(text, true));
            default -> Boolean.valueOf(text);
        };
    }
}
