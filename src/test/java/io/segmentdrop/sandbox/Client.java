package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Speaks to a stand-in: with the JDK's client where the answer counts, with a raw socket where the wire does. */
record Client(StandInApi api, String key) {

    static final String KEY = "k-123";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What a raw connection brought back, and whether it ended with RST. */
    record Heard(String text, boolean reset) {}

    Client(StandInApi api) {
        this(api, KEY);
    }

    HttpResponse<String> send(long segment, Form form) {
        return send(segment, BodyPublishers.ofByteArray(form.bytes()), Form.TYPE);
    }

    HttpResponse<String> send(long segment, BodyPublisher body, String type) {
        return send(request(importPath(segment)).header("Content-Type", type).POST(body));
    }

    HttpResponse<String> create(String json) {
        return send(request(Head.SEGMENTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> look(long segment) {
        return send(request(Head.SEGMENTS + "/" + segment).GET());
    }

    CompletableFuture<HttpResponse<String>> sending(long segment, Form form) {
        return HTTP.sendAsync(
                request(importPath(segment))
                        .header("Content-Type", Form.TYPE)
                        .POST(BodyPublishers.ofByteArray(form.bytes()))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Writes an import over a raw connection that the client would close, and reads until the other side ends it. */
    Heard raw(long segment, Form form) throws IOException {
        try (Socket socket = connect()) {
            return new Heard(rest(socket, head(segment, form.bytes().length), form.bytes()), false);
        } catch (ResetException e) {
            return new Heard(e.heard, true);
        }
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), api.port());
    }

    String head(long segment, long length) {
        return String.join(
                "\r\n",
                List.of(
                        "POST " + importPath(segment) + " HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Authorization: Bearer " + key,
                        "Content-Type: " + Form.TYPE,
                        "Content-Length: " + length,
                        "Connection: close",
                        "",
                        ""));
    }

    private String rest(Socket socket, String head, byte[] body) throws IOException {
        StringBuilder heard = new StringBuilder();
        try {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                heard.append((char) b);
            }
            return heard.toString();
        } catch (IOException e) {
            throw new ResetException(heard.toString(), e);
        }
    }

    private static final class ResetException extends IOException {
        private final String heard;

        ResetException(String heard, IOException cause) {
            super(cause);
            this.heard = heard;
        }
    }

    private static String importPath(long segment) {
        return Head.SEGMENTS + "/" + segment + "/import";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api.uri() + path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
