package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;

/**
 * Where traces go.
 *
 * @param endpoint the collector's address for OTLP over HTTP, such as http://localhost:4318/v1/traces; absent: no traces
 */
public record TracesProperties(@Nullable String endpoint) {

    public TracesProperties {
        endpoint = Texts.orNull(endpoint);
    }
}
