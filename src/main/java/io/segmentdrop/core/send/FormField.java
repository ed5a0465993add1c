package io.segmentdrop.core.send;

/**
 * One simple field of the form that is sent with a chunk.
 *
 * @param name the field's name on the wire
 * @param value its value as text
 */
public record FormField(String name, String value) {}
