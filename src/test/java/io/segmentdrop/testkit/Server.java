package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real jar in a process of its own, with an {@code application.yaml} of its own beside its home and its drops in one
 * folder. It may be killed and started again on the same home.
 */
public final class Server implements AutoCloseable {

    /** Who may sign in, in every server of the tests. */
    public static final String PASSWORD = "a password of the tests";

    private static final Duration START = Duration.ofSeconds(90);
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    static final Path JAR = Path.of(System.getProperty("segment-drop.jar", "target/segment-drop.jar"))
            .toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How it is set up.
     *
     * @param folder holds {@code application.yaml}, {@code home}, {@code drops/<name>} and {@code server.log}; also the
     *     working directory
     * @param keys the configuration: each key whole, its value as YAML
     * @param jar what is started
     * @param flags the options of its JVM; those of the tests start it soon rather than run it fast
     * @param jvm more options of the JVM, for the first start
     * @param environment variables that it gets besides the usual ones
     * @param before a command that runs the command line that follows it, in its own place
     */
    public record Setup(
            Path folder,
            Map<String, String> keys,
            Path jar,
            List<String> flags,
            List<String> jvm,
            Map<String, String> environment,
            List<String> before) {

        private static final List<String> SOON = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

        /** A server without any key. */
        public static Setup bare(Path folder) {
            return new Setup(folder, Map.of(), JAR, SOON, List.of(), Map.of(), List.of());
        }

        /** A server without drops, for an API at this address with the key {@code key}; started from what was kept. */
        public static Setup of(Path folder, URI api) {
            return KeptStart.of(ofJar(folder, api));
        }

        /** The same, but the jar as it is. */
        public static Setup ofJar(Path folder, URI api) {
            return bare(folder)
                    .with("segment-drop.home", quoted(folder.resolve("home")))
                    .with("segment-drop.routes", quoted(Path.of("routes").toAbsolutePath()))
                    .with("segment-drop.api.base-url", api.toString())
                    .with("segment-drop.api.token", "key")
                    .with("segment-drop.ops.password", PASSWORD);
        }

        /** The same with one more key, or another value of it. */
        public Setup with(String key, String value) {
            Map<String, String> more = new TreeMap<>(keys);
            more.put(key, value);
            return new Setup(folder, more, jar, flags, jvm, environment, before);
        }

        /** The same with these options of the JVM and no others. */
        public Setup flags(String... options) {
            return new Setup(folder, keys, jar, List.of(options), jvm, environment, before);
        }

        /** The same with more options of its JVM. */
        Setup moreFlags(String... options) {
            return new Setup(
                    folder,
                    keys,
                    jar,
                    Stream.concat(flags.stream(), Stream.of(options)).toList(),
                    jvm,
                    environment,
                    before);
        }

        /** The same, but this is started. */
        public Setup jar(Path other) {
            return new Setup(folder, keys, other, flags, jvm, environment, before);
        }

        /** The same with more options of the JVM for the first start. */
        public Setup jvm(String... options) {
            return new Setup(folder, keys, jar, flags, List.of(options), environment, before);
        }

        /** The same with one more variable of its environment. */
        public Setup environment(String name, String value) {
            Map<String, String> more = new TreeMap<>(environment);
            more.put(name, value);
            return new Setup(folder, keys, jar, flags, jvm, more, before);
        }

        /** The same, run by this command, which gets the command line as its last arguments and gives it its process. */
        public Setup by(String... command) {
            return new Setup(folder, keys, jar, flags, jvm, environment, List.of(command));
        }

        /** The same with one more drop in {@code drops/<name>}, which is made; looked at often and settled soon. */
        public Setup drop(String name, String segments) {
            try {
                Files.createDirectories(folder.resolve("drops").resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String key = "segment-drop.drops." + name + ".";
            return with(key + "from", quoted("file:" + folder.resolve("drops").resolve(name)))
                    .with(key + "segments", segments)
                    .with(key + "scan-every", "50ms")
                    .with(key + "settle-for", "200ms");
        }

        /** The same with one more key of a drop. */
        public Setup drop(String name, String key, String value) {
            return with("segment-drop.drops." + name + "." + key, value);
        }

        private String yaml() {
            StringBuilder yaml = new StringBuilder();
            keys.forEach((key, value) ->
                    yaml.append('"').append(key).append("\": ").append(value).append('\n'));
            return yaml.toString();
        }

        private static String quoted(Object value) {
            return "'" + value + "'";
        }
    }

    private final Setup setup;
    private final List<String> arguments;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    private Server(Setup setup, List<String> arguments) throws IOException {
        this.setup = setup;
        this.arguments = arguments;
        this.port = freePort();
        Files.writeString(setup.folder().resolve("application.yaml"), setup.yaml());
        this.process = launch(setup.jvm());
    }

    /** Starts it and waits until it is ready. */
    public static Server start(Setup setup, String... arguments) {
        return launch(setup, arguments).ready();
    }

    /** Starts it, ready or not. */
    public static Server launch(Setup setup, String... arguments) {
        try {
            return new Server(setup, List.of(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch(List<String> jvm) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(jvm))
                .directory(setup.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(SPRING|SEGMENT_?DROP|SERVER|CAMEL|LOGGING|LC)_.*"));
        environment.put("LANG", "C.UTF-8");
        environment.putAll(setup.environment());
        return builder.start();
    }

    private List<String> command(List<String> jvm) {
        List<String> command = new ArrayList<>(setup.before());
        command.add(JAVA.toString());
        command.addAll(setup.flags());
        command.addAll(jvm);
        command.add("-jar");
        command.add(setup.jar().toString());
        command.add("--spring.config.additional-location=file:" + setup.folder().resolve("application.yaml"));
        command.add("--server.address=127.0.0.1");
        command.add("--server.port=" + port);
        command.addAll(arguments);
        return command;
    }

    /** Waits until it is ready; fails with its log if it ends before. */
    public Server ready() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast(this::requireAlive)
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
        return this;
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended:\n" + log());
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        exit();
    }

    /** Asks it to end, as {@code kill} does, and waits for its exit code. */
    public int stop() {
        process.destroy();
        return exit();
    }

    /** Waits until it has ended, and answers its exit code. */
    public int exit() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again after its end, on the same home, and waits until it is ready. */
    public Server restart() {
        return restart(List.of()).ready();
    }

    /** The same with these options of the JVM, without waiting. */
    public Server restart(List<String> jvm) {
        try {
            process = launch(jvm);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it printed so far, earlier runs included. */
    public String log() {
        try {
            return Files.readString(logFile(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return setup.folder().resolve("server.log");
    }

    public Path home() {
        return setup.folder().resolve("home");
    }

    /** The folder of a drop that {@link Setup#drop(String, String)} made. */
    public Path drop(String name) {
        return setup.folder().resolve("drops").resolve(name);
    }

    public long pid() {
        return process.pid();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Asks for a path, signed in. */
    public HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        String basic = Base64.getEncoder().encodeToString(("ops:" + PASSWORD).getBytes(UTF_8));
        return HttpRequest.newBuilder(uri().resolve(path))
                .header("Authorization", "Basic " + basic)
                .header("Accept", "application/json, text/html;q=0.9, */*;q=0.1")
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts JSON to a path, signed in. */
    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** The JSON at a path, whatever the status. */
    public JsonNode json(String path) {
        try {
            return JSON.readTree(get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exit();
    }
}
