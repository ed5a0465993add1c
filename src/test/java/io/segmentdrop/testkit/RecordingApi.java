package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stand-in of the API that knows nothing of ours: the JDK's own server accepts every import and keeps its bytes. */
public final class RecordingApi implements AutoCloseable {

    /**
     * One request.
     *
     * @param headers by lower-case name
     * @param body one character for each byte
     */
    public record Request(String method, String path, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        /** What follows {@code boundary=}. */
        public String boundary() {
            return header("content-type").replaceFirst("^multipart/form-data; boundary=", "");
        }

        /** The body as text, its boundary written as {@code BOUNDARY} and each CRLF as {@code ~} and LF. */
        public String readable() {
            return new String(body.getBytes(ISO_8859_1), UTF_8)
                    .replace(boundary(), "BOUNDARY")
                    .replace("\r\n", "~\n");
        }

        /** The content of the part {@code file}. */
        public String csv() {
            String text = new String(body.getBytes(ISO_8859_1), UTF_8);
            int from = text.indexOf("\r\n\r\n", text.indexOf("name=\"file\"")) + 4;
            return text.substring(from, text.length() - ("\r\n--" + boundary() + "--\r\n").length());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private RecordingApi(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::accept);
        server.start();
    }

    /** Starts on a free port of the loopback address. */
    public static RecordingApi start() {
        try {
            return new RecordingApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What came, by the time at which it had come whole. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The imports into one segment. */
    public List<Request> imports(long segment) {
        return requests.stream()
                .filter(request -> request.path().equals("/api/3.2/messages/segments/" + segment + "/import"))
                .toList();
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(body, ISO_8859_1)));
            byte[] answer = "{\"error\":false,\"data\":[],\"message\":\"Success\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
