package io.segmentdrop.cli;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.Settings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the configuration says of one drop, as far as a check needs it.
 *
 * @param names the form fields that the configuration names, whatever the drop
 * @param check the limits, whatever the drop
 */
public record ConfiguredDrop(DropPolicy policy, FieldNames names, CheckSettings check) {

    /** A drop that allows all that this sidecar asks for, to check a file without a configuration. */
    static ConfiguredDrop permissive(Settings sidecar) {
        return new ConfiguredDrop(
                new DropPolicy(
                        segments(sidecar),
                        true,
                        true,
                        true,
                        true,
                        null,
                        null,
                        null,
                        null,
                        null,
                        RequireProof.NEVER,
                        Settings.EMPTY),
                new FieldNames(
                        FieldNames.UNPUBLISHED.keySet().stream().collect(Collectors.toMap(key -> key, Key::word))),
                CheckSettings.DEFAULTS);
    }

    private static List<SegmentPolicy> segments(Settings sidecar) {
        return sidecar.segment() instanceof SegmentRef.Id(long id)
                ? List.of(new SegmentPolicy(id, sidecar.suppression(), Long.toString(id), false))
                : List.of();
    }
}
