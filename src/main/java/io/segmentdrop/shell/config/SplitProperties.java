package io.segmentdrop.shell.config;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The size of the chunks; a clearing import is never split.
 *
 * @param maxRows the most rows of one chunk
 * @param maxBytes the most bytes of one chunk
 */
public record SplitProperties(
        @DefaultValue("100000") long maxRows,
        @DefaultValue("20MB") DataSize maxBytes) {}
