package io.segmentdrop.house.planted.shell.api;

/** Planted: a name that says nothing. */
public final class NameManager {}
