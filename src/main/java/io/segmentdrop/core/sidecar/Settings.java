package io.segmentdrop.core.sidecar;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, each of the type that {@link Key} names: what a sidecar says, what a drop's defaults say, or both overlaid.
 * A getter answers null where the key is absent.
 */
public record Settings(Map<Key, Object> values) {

    public static final Settings EMPTY = new Settings(Map.of());

    public Settings {
        EnumMap<Key, Object> copy = new EnumMap<>(Key.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    public boolean has(Key key) {
        return values.containsKey(key);
    }

    public @Nullable SegmentRef segment() {
        return (SegmentRef) values.get(Key.SEGMENT);
    }

    public @Nullable ActiveStatus activeStatus() {
        return (ActiveStatus) values.get(Key.ACTIVE_STATUS);
    }

    public @Nullable SubscriptionAction subscriptionAction() {
        return (SubscriptionAction) values.get(Key.SUBSCRIPTION_ACTION);
    }

    public @Nullable Suppression suppression() {
        return (Suppression) values.get(Key.SUPPRESSION);
    }

    public @Nullable Long number(Key key) {
        return (Long) values.get(key);
    }

    public @Nullable String text(Key key) {
        return (String) values.get(key);
    }

    /** True only if the key is there and true. */
    public boolean isTrue(Key key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /** The tag ids of one of the four tag keys; empty where it is absent. */
    @SuppressWarnings("unchecked")
    public List<Long> ids(Key key) {
        return (List<Long>) values.getOrDefault(key, List.of());
    }

    /** Header in the CSV to header that is sent; empty where it is absent. */
    @SuppressWarnings("unchecked")
    public SequencedMap<String, String> columns() {
        return (SequencedMap<String, String>) values.getOrDefault(Key.COLUMNS, new java.util.LinkedHashMap<>());
    }

    /** The subscription options, each a {@link String}, {@link Long} or {@link Boolean}; empty where absent. */
    @SuppressWarnings("unchecked")
    public SortedMap<String, Object> subscriptionOptions() {
        return (SortedMap<String, Object>) values.getOrDefault(Key.SUBSCRIPTION_OPTIONS, new java.util.TreeMap<>());
    }
}
