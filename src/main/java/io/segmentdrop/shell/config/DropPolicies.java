package io.segmentdrop.shell.config;

import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.SegmentPolicy;

/** From the configuration of a drop to the policy that the core judges by. */
public final class DropPolicies {

    private final DefaultsReader defaults;

    public DropPolicies(DefaultsReader defaults) {
        this.defaults = defaults;
    }

    /** The policy of a drop whose configuration passed the {@link StartupChecks}; a default that cannot be read is left out. */
    public DropPolicy of(DropProperties drop) {
        return new DropPolicy(
                drop.segments().stream().map(DropPolicies::segment).toList(),
                drop.allowClear(),
                drop.allowCreate(),
                drop.allowSms(),
                drop.allowTagReplace(),
                drop.campaigns(),
                drop.partners(),
                drop.tags(),
                drop.columns(),
                drop.subscriptionOptions(),
                drop.requireProof(),
                defaults.read(drop.defaults()).settings());
    }

    private static SegmentPolicy segment(SegmentProperties segment) {
        return new SegmentPolicy(segment.id(), segment.suppression(), segment.laneOrId(), segment.funnels());
    }
}
