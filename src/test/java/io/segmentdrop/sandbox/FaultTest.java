package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.segmentdrop.sandbox.Client.Heard;
import io.segmentdrop.sandbox.Fault.Effect;
import io.segmentdrop.sandbox.Fault.Manner;
import io.segmentdrop.sandbox.Journal.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {

    private static final long SEGMENT = 100789;
    private static final Form FORM = Form.adding("email\na@example.com\n");
    private static final String ACCEPTED = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            + "Content-Length: 53\r\n\r\n{\"error\":false,\"data\":[],\"message\":\"Import created.\"}";

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey(Client.KEY));
    private final Client client = new Client(api);

    @AfterEach
    void close() {
        api.close();
    }

    /** What a client hears, and what came of the import: progress (null: no request), applied, status. */
    static Stream<Arguments> ends() {
        Reply early = Reply.json(413, "{}");
        return Stream.of(
                Arguments.of(Fault.NONE, ACCEPTED, Progress.COMPLETE, true, 201),
                Arguments.of(new Fault.AtConnect(Manner.CLOSE), "", null, false, 0),
                Arguments.of(new Fault.AtConnect(Manner.RESET), "", null, false, 0),
                Arguments.of(new Fault.InBody(0, Manner.RESET), "", Progress.INCOMPLETE, false, 0),
                Arguments.of(new Fault.InBody(20, Manner.CLOSE), "", Progress.INCOMPLETE, false, 0),
                Arguments.of(new Fault.InBody(20, Manner.RESET), "", Progress.INCOMPLETE, false, 0),
                Arguments.of(new Fault.InBody(1 << 20, Manner.CLOSE), ACCEPTED, Progress.COMPLETE, true, 201),
                Arguments.of(
                        new Fault.Early(early),
                        "HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\n"
                                + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
                        Progress.INCOMPLETE,
                        false,
                        413),
                Arguments.of(new Fault.Unanswered(Effect.APPLIED, Manner.CLOSE), "", Progress.COMPLETE, true, 0),
                Arguments.of(new Fault.Unanswered(Effect.NOT_APPLIED, Manner.RESET), "", Progress.COMPLETE, false, 0),
                Arguments.of(
                        new Fault.Answered(Effect.APPLIED, Reply.json(500, "{}")),
                        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 2\r\n\r\n{}",
                        Progress.COMPLETE,
                        true,
                        500),
                Arguments.of(
                        Fault.answer(599, ""),
                        "HTTP/1.1 599 Status\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
                        Progress.COMPLETE,
                        false,
                        599),
                Arguments.of(new Fault.TruncatedStatus(Manner.CLOSE), "HTTP/1.1 201 Cre", Progress.COMPLETE, true, 201),
                Arguments.of(
                        new Fault.Truncated(30, Manner.CLOSE), ACCEPTED.substring(0, 30), Progress.COMPLETE, true, 201),
                Arguments.of(
                        new Fault.TruncatedBody(Manner.CLOSE),
                        ACCEPTED.substring(0, ACCEPTED.length() - 1),
                        Progress.COMPLETE,
                        true,
                        201),
                Arguments.of(new Fault.Dribbled(Duration.ofNanos(1)), ACCEPTED, Progress.COMPLETE, true, 201),
                Arguments.of(new Fault.Raw(Effect.APPLIED, "no HTTP"), "no HTTP", Progress.COMPLETE, true, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ends(Fault fault, String heard, Progress progress, boolean applied, int status) throws IOException {
        api.next(fault);

        assertThat(client.raw(SEGMENT, FORM).text()).isEqualTo(heard);

        List<Journal.Entry> entries = settled();
        if (progress == null) {
            assertThat(entries).isEmpty();
        } else {
            assertThat(entries)
                    .extracting(Journal.Entry::progress, Journal.Entry::applied, Journal.Entry::status)
                    .containsExactly(tuple(progress, applied, status));
        }
        assertThat(api.account().applied(SEGMENT)).hasSize(applied ? 1 : 0);
        assertThat(client.send(SEGMENT, FORM).statusCode())
                .as("the next import is well")
                .isEqualTo(201);
    }

    @Test
    void a_reset_is_not_a_close() throws IOException {
        api.next(
                new Fault.Unanswered(Effect.NOT_APPLIED, Manner.RESET),
                new Fault.Unanswered(Effect.NOT_APPLIED, Manner.CLOSE));

        assertThat(client.raw(SEGMENT, FORM)).isEqualTo(new Heard("", true));
        assertThat(client.raw(SEGMENT, FORM)).isEqualTo(new Heard("", false));
    }

    @Test
    void a_client_that_leaves_before_the_last_boundary_imports_nothing() throws IOException {
        byte[] body = FORM.bytes();
        int withoutBoundary = body.length - (Form.BOUNDARY.length() + 6);
        try (Socket socket = client.connect()) {
            socket.getOutputStream().write(client.head(SEGMENT, body.length).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, withoutBoundary);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(settled()).singleElement().satisfies(entry -> {
            assertThat(entry.progress()).isEqualTo(Progress.INCOMPLETE);
            assertThat(entry.bytes()).isEqualTo(withoutBoundary);
        });
        assertThat(api.account().applied()).isEmpty();
    }

    static Stream<Fault> stalls() {
        return Stream.of(
                new Fault.AtConnect(Manner.STALL),
                new Fault.InBody(0, Manner.STALL),
                new Fault.InBody(20, Manner.STALL),
                new Fault.Unanswered(Effect.NOT_APPLIED, Manner.STALL),
                new Fault.Unanswered(Effect.APPLIED, Manner.STALL),
                new Fault.TruncatedStatus(Manner.STALL),
                new Fault.TruncatedBody(Manner.STALL));
    }

    @ParameterizedTest
    @MethodSource
    void stalls(Fault fault) {
        api.next(fault);

        // a connection of its own: one that is kept open would have been read from already
        CompletableFuture<Heard> answer = CompletableFuture.supplyAsync(() -> raw(FORM));
        await().until(() -> api.stalled() == 1);
        assertThat(answer).isNotDone();
        api.release();

        assertThat(answer.join()).isEqualTo(new Heard(ACCEPTED, false));
        assertThat(api.account().applied()).hasSize(1);
        assertThat(api.stalled()).isZero();
    }

    @Test
    void a_stall_ends_when_the_other_side_leaves() throws IOException {
        api.next(new Fault.Unanswered(Effect.APPLIED, Manner.STALL));
        try (Socket socket = client.connect()) {
            socket.getOutputStream()
                    .write(client.head(SEGMENT, FORM.bytes().length).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(FORM.bytes());
            await().until(() -> api.stalled() == 1);
        }

        await().until(() -> api.stalled() == 0);
        assertThat(settled())
                .singleElement()
                .satisfies(entry -> assertThat(entry.status()).isZero());
    }

    @Test
    void close_ends_what_is_silent() {
        api.next(new Fault.InBody(5, Manner.STALL));
        CompletableFuture<HttpResponse<String>> answer = client.sending(SEGMENT, FORM);
        await().until(() -> api.stalled() == 1);

        api.close();

        assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void a_queue_is_for_imports_and_its_segment() {
        api.forSegment(SEGMENT, Fault.answer(500, "{}"), Fault.answer(502, "{}"));

        assertThat(client.look(SEGMENT).statusCode()).isEqualTo(404);
        assertThat(client.send(100790, FORM).statusCode()).isEqualTo(201);
        assertThat(client.send(SEGMENT, FORM).statusCode()).isEqualTo(500);
        assertThat(client.send(SEGMENT, FORM).statusCode()).isEqualTo(502);
        assertThat(client.send(SEGMENT, FORM).statusCode()).isEqualTo(201);
    }

    @Test
    void a_rule_stands_until_healed() {
        api.always(Head::isCreate, Fault.answer(500, "{}"));
        String segment = "{\"name\":\"a\",\"description\":\"\",\"publication_id\":1,\"type\":\"static\"}";

        assertThat(client.create(segment).statusCode()).isEqualTo(500);
        assertThat(client.create(segment).statusCode()).isEqualTo(500);
        api.heal();
        assertThat(client.create(segment).statusCode()).isEqualTo(201);
    }

    @Test
    void refuses_connections_for_a_while() {
        api.refuse();
        assertThatThrownBy(() -> client.connect().close()).isInstanceOf(ConnectException.class);

        api.accept();
        assertThat(client.send(SEGMENT, FORM).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource(
            value = Magic.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"THROTTLED", "HANG", "CUT"})
    void magic_segments_answer_what_their_id_says(Magic magic) {
        int status = client.send(magic.id(), FORM).statusCode();

        assertThat(magic.meaning()).startsWith(String.valueOf(status));
        assertThat(api.account().applied()).isEmpty();
    }

    @Test
    void a_throttled_file_gets_through_the_second_time() {
        HttpResponse<String> first = client.send(Magic.THROTTLED.id(), FORM);
        HttpResponse<String> second = client.send(Magic.THROTTLED.id(), FORM);
        HttpResponse<String> other = client.send(Magic.THROTTLED.id(), Form.adding("email\nb@example.com\n"));

        assertThat(List.of(first.statusCode(), second.statusCode(), other.statusCode()))
                .containsExactly(429, 201, 429);
        assertThat(first.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void a_cut_import_is_in_the_segment_all_the_same() throws IOException {
        assertThat(client.raw(Magic.CUT.id(), FORM)).isEqualTo(new Heard("", false));
        assertThat(api.account().size(Magic.CUT.id())).isEqualTo(1);
    }

    private Heard raw(Form form) {
        try {
            return client.raw(SEGMENT, form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal once no request is on its way. */
    private List<Journal.Entry> settled() {
        await().until(() -> api.journal().entries().stream().noneMatch(one -> one.progress() == Progress.ARRIVING));
        return api.journal().entries();
    }
}
