package io.segmentdrop.shell.config;

import java.time.Duration;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How chunks are sent.
 *
 * @param workers how many lanes are sent side by side
 * @param connectTimeout how long a connection may take
 * @param responseTimeout how long the API may be silent after a chunk is written; longer than its slowest import
 * @param backoff the pauses between attempts
 * @param giveUpAfter how long the API may keep refusing one chunk with 5xx, while others get through
 * @param holdLimit how long an import may wait for a person
 */
public record SendProperties(
        @DefaultValue("4") int workers,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("120s") Duration responseTimeout,
        @DefaultValue @NestedConfigurationProperty BackoffProperties backoff,
        @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue("72h") Duration holdLimit) {}
