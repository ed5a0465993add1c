package io.segmentdrop.shell.health;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Traces that go to a collector by OTLP over HTTP (protobuf), in the background. What the collector does not take is
 * dropped: traces are for looking, the ledger remembers.
 */
public final class OtlpTraces implements Traces, AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param collector the whole address, such as {@code http://localhost:4318/v1/traces} */
    public OtlpTraces(URI collector) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.toString())
                .setTimeout(TIMEOUT)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "segment-drop"))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(PAUSE)
                        .setExporterTimeout(TIMEOUT)
                        .build())
                .build();
        tracer = provider.get("segment-drop");
    }

    @Override
    public void attempt(Attempt attempt) {
        Span span = tracer.spanBuilder("attempt")
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(attempt.startedAt())
                .setAttribute("segment_drop.import", attempt.importId())
                .setAttribute("segment_drop.drop", attempt.drop())
                .setAttribute("segment_drop.chunk", attempt.chunk())
                .setAttribute("segment_drop.attempt", attempt.number())
                .setAttribute("segment_drop.outcome", attempt.outcome())
                .startSpan();
        if (attempt.status() > 0) {
            span.setAttribute("http.response.status_code", attempt.status());
        }
        if (!attempt.code().isEmpty()) {
            span.setAttribute("segment_drop.code", attempt.code());
            span.setStatus(StatusCode.ERROR, attempt.code());
        }
        span.end(attempt.endedAt());
    }

    /** Sends what is left, for a moment at most. */
    @Override
    public void close() {
        provider.shutdown().join(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
