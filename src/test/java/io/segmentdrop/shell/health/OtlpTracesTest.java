package io.segmentdrop.shell.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.RecordingApi;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Traces reach a collector; the strings of protobuf are read as they are. */
class OtlpTracesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Traces.Attempt attempt(String outcome, String code, int status) {
        return new Traces.Attempt("01IMPORT", "acme", 1, 2, outcome, code, status, NOON, NOON.plusMillis(120));
    }

    @Test
    void eachAttemptIsASpan() {
        try (RecordingApi collector = RecordingApi.start()) {
            try (OtlpTraces traces = new OtlpTraces(collector.uri().resolve("/v1/traces"))) {
                traces.attempt(attempt("accepted", "", 201));
                traces.attempt(attempt("refused", "API_REFUSED", 422));
            }

            assertThat(collector.requests()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.path()).isEqualTo("/v1/traces");
                assertThat(request.header("content-type")).isEqualTo("application/x-protobuf");
                assertThat(request.body().split("segment_drop.outcome", -1)).hasSize(3);
                assertThat(request.body())
                        .contains(
                                "service.name",
                                "segment-drop",
                                "segment_drop.import",
                                "01IMPORT",
                                "segment_drop.drop",
                                "acme",
                                "segment_drop.chunk",
                                "accepted",
                                "refused",
                                "API_REFUSED",
                                "http.response.status_code");
            });
        }
    }

    @Test
    void aCollectorThatIsNotThereHoldsNothingUp() {
        try (OtlpTraces traces = new OtlpTraces(URI.create("http://127.0.0.1:9/v1/traces"))) {
            for (int i = 0; i < 10_000; i++) {
                traces.attempt(attempt("accepted", "", 201));
            }
        }
    }
}
