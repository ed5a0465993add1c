package io.segmentdrop.shell.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** The drops' sources by name, in their order, without those that cannot be read and are refused elsewhere. */
final class Sources {

    private Sources() {}

    static Map<String, DropSource> of(SegmentDropProperties properties) {
        Map<String, DropSource> sources = new LinkedHashMap<>();
        properties.drops().forEach((name, drop) -> {
            try {
                sources.put(name, drop.source());
            } catch (IllegalArgumentException e) {
                // DropRule refuses it
            }
        });
        return sources;
    }
}
