package io.segmentdrop.shell.routes;

/** The probe of a closed gate where no waiting import may be it: the question for a segment, which changes nothing. */
public record GateProbe(long segment) {}
