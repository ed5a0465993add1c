package io.segmentdrop.shell.config;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of one CSV.
 *
 * @param maxRejectRatio refused rows to read rows, 0 to 1, above which the file is refused
 * @param maxBytes the largest file
 */
public record CheckProperties(
        @DefaultValue("0.05") double maxRejectRatio,
        @DefaultValue("16GB") DataSize maxBytes) {}
