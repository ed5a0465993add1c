package io.segmentdrop.shell.ops.page;

/**
 * Asks whether to pause a drop, or to let it go on.
 *
 * @param replaced whether another folder is in the place of the drop's, which is accepted by letting it go on
 */
public record PausePage(Frame frame, String drop, boolean pause, boolean replaced) {}
