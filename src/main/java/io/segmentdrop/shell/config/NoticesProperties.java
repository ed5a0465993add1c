package io.segmentdrop.shell.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How operations are told; what is done with a notice, says {@code routes/60-notify.camel.yaml}.
 *
 * @param again the shortest time between two notices of one cause; what comes up meanwhile is counted and told together
 */
public record NoticesProperties(@DefaultValue("15m") Duration again) {}
