package io.segmentdrop.shell.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is unsafe or incomplete; nothing was opened, made or sent. */
public final class StartupRefusedException extends RuntimeException {

    private final transient List<Refusal> refusals;

    public StartupRefusedException(List<Refusal> refusals) {
        super(refusals.stream().map(Refusal::toString).collect(Collectors.joining("; ")));
        this.refusals = List.copyOf(refusals);
    }

    /** Every reason, in the order of the configuration; at least one. */
    public List<Refusal> refusals() {
        return refusals;
    }
}
