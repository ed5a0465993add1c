package io.segmentdrop.shell.ops.page;

/** Asks whether to pause a drop, or to let it go on. */
public record PausePage(Frame frame, String drop, boolean pause) {}
