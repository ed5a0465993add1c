package io.segmentdrop.shell.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pauses between attempts: doubled each time, with full jitter.
 *
 * @param first the longest pause before the second attempt
 * @param longest the longest pause at all
 */
public record BackoffProperties(
        @DefaultValue("5s") Duration first,
        @DefaultValue("15m") Duration longest) {}
