package io.segmentdrop.core.sidecar;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The effective options of one import: the drop's defaults overlaid by the sidecar, held against the drop's policy.
 *
 * @param settings the values
 * @param from the origin of each of them
 */
public record Options(Settings settings, Map<Key, Origin> from) {

    public Options {
        EnumMap<Key, Origin> copy = new EnumMap<>(Key.class);
        copy.putAll(from);
        from = Collections.unmodifiableMap(copy);
        if (!from.keySet().equals(settings.values().keySet())) {
            throw new IllegalArgumentException("expected an origin for each value");
        }
    }

    public boolean clear() {
        return settings.isTrue(Key.CLEAR);
    }

    public boolean dryRun() {
        return settings.isTrue(Key.DRY_RUN);
    }

    /**
     * One text for the same options, whatever their order and wherever they came from: a JSON object of all options but
     * {@code dryRun}, by name, with tag ids in ascending order. Two texts are equal exactly if all values are.
     */
    public String canonical() {
        return CanonicalText.of(settings);
    }
}
