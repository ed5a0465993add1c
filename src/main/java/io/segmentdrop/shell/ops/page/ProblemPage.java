package io.segmentdrop.shell.ops.page;

/** A page that could not be shown, or something that was not done. */
public record ProblemPage(Frame frame, int status, String text) {}
