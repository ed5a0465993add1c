package io.segmentdrop.core.sidecar;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options on their way: overlaid, but not yet held against the rules.
 *
 * @param settings the values; no empty tag lists among them
 * @param from the origin of each of them
 */
record Draft(Settings settings, Map<Key, Origin> from, DropPolicy policy, FieldNames names) {

    /** The suppression that the segment has: the drop's word for a listed one, the sidecar's for one to be created. */
    record Expected(@Nullable Suppression suppression, Origin from) {}

    /** Empty if there is no segment, or none that the drop may import to. */
    static Optional<Expected> expected(@Nullable SegmentRef segment, DropPolicy policy) {
        return switch (segment) {
            case null -> Optional.empty();
            case SegmentRef.Create create -> Optional.of(new Expected(create.suppression(), Origin.SIDECAR));
            case SegmentRef.Id(long id) -> policy.segment(id).map(s -> new Expected(s.suppression(), Origin.DROP));
        };
    }

    Options options() {
        return new Options(settings, new EnumMap<>(from));
    }

    boolean isSuppression() {
        return settings.suppression() != null;
    }

    boolean setsStatus() {
        return setsStatus(settings);
    }

    static boolean setsStatus(Settings settings) {
        ActiveStatus status = settings.activeStatus();
        return status == ActiveStatus.ACTIVE || status == ActiveStatus.INACTIVE;
    }

    /** True if the value asks for something: neither absent, false, empty nor the status of a lead. */
    boolean says(Key key) {
        return says(settings.values().get(key));
    }

    static boolean says(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case ActiveStatus status -> status != ActiveStatus.LEAD;
            case Collection<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    Stream<Key> saying(Key... keys) {
        return Stream.of(keys).filter(this::says);
    }

    /** Says whose value it is where that is not the sidecar's, so that its writer does not look for it in vain. */
    String whose(Key key) {
        return from.get(key) == Origin.DROP ? " (a default of the drop)" : "";
    }
}
