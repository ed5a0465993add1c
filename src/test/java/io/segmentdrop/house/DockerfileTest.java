package io.segmentdrop.house;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.segmentdrop.testkit.NeedsProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image's instructions; the image itself is built elsewhere. */
class DockerfileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Instruction> FILE =
            instructions(ProjectFiles.read(ProjectFiles.ROOT.resolve("Dockerfile")));
    private static final List<Instruction> IMAGE =
            FILE.subList(FILE.indexOf(new Instruction("FROM", "eclipse-temurin:25-jre")), FILE.size());

    /** One line of the file: its first word, and the rest. */
    record Instruction(String word, String rest) {}

    @Test
    void bothStagesStandOnThePinnedRuntime() {
        assertThat(rests("FROM", FILE))
                .containsExactly(
                        "eclipse-temurin:25-jre AS layers",
                        "eclipse-temurin:25-jre AS start",
                        "eclipse-temurin:25-jre");
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(FILE)
                .noneMatch(line -> line.word().equals("ADD") || line.rest().contains("latest"));
    }

    @Test
    void theUserIsNumericAndNotRootAndNothingIsWrittenAfterIt() {
        assertThat(only("USER", IMAGE).rest()).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(IMAGE.subList(IMAGE.indexOf(only("USER", IMAGE)) + 1, IMAGE.size()))
                .extracting(Instruction::word)
                .containsExactly("HEALTHCHECK", "ENTRYPOINT");
    }

    @Test
    void textIsUtf8AndTheContainerIsReachedFromOutside() {
        assertThat(rests("ENV", IMAGE)).containsExactly("LANG=C.UTF-8", "SERVER_ADDRESS=0.0.0.0");
    }

    @Test
    void whatChangesLeastIsCopiedFirst() {
        assertThat(rests("COPY", IMAGE))
                .containsExactly(
                        "--from=layers /build/layers/dependencies/ ./",
                        "--from=layers /build/layers/spring-boot-loader/ ./",
                        "--from=layers /build/layers/snapshot-dependencies/ ./",
                        "--from=layers /build/layers/application/ ./",
                        "routes/ routes/",
                        "--from=start /app/segment-drop.aot ./");
    }

    /** The cache is ignored, with a warning, if the jars are others or stand elsewhere than when it was made. */
    @Test
    void theCacheOfTheStartIsMadeFromTheSameFilesAtTheSamePlace() {
        List<Instruction> start = FILE.subList(
                FILE.indexOf(new Instruction("FROM", "eclipse-temurin:25-jre AS start")),
                FILE.indexOf(IMAGE.getFirst()));
        assertThat(rests("COPY", IMAGE)).startsWith(rests("COPY", start).toArray(String[]::new));
        assertThat(rests("WORKDIR", start)).isEqualTo(rests("WORKDIR", IMAGE));
        assertThat(rests("ENTRYPOINT", IMAGE)).allMatch(rest -> rest.contains("\"-XX:AOTCache=segment-drop.aot\""));
        assertThat(rests("RUN", start))
                .anyMatch(rest -> rest.contains("java -XX:AOTCacheOutput=segment-drop.aot -jar segment-drop.jar "));
    }

    @Test
    void homeAndDropsAreVolumesOfThatUser() throws JsonProcessingException {
        assertThat(array(only("VOLUME", IMAGE).rest())).containsExactly("/app/data", "/drops");
        assertThat(array(only("RUN", IMAGE).rest()))
                .contains("--owner=" + only("USER", IMAGE).rest().split(":", 2)[0], "--mode=0700", "data", "/drops");
    }

    @Test
    void javaIsTheProcessItself() throws JsonProcessingException {
        assertThat(array(only("ENTRYPOINT", IMAGE).rest()))
                .startsWith("java", "-XX:+ExitOnOutOfMemoryError")
                .endsWith("-jar", "segment-drop.jar");
    }

    @Test
    void onlyTheJarAndTheRoutesReachTheBuild() {
        assertThat(ProjectFiles.read(ProjectFiles.ROOT.resolve(".dockerignore")))
                .isEqualTo("*\n!target/segment-drop.jar\n!routes\n");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "503, false", "404, false"})
    @NeedsProgram("/bin/bash")
    void theHealthCheckAsksForLiveness(int status, boolean healthy) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean asked = exchange.getRequestURI().getPath().equals("/actuator/health/liveness");
            byte[] body = "{}".getBytes(US_ASCII);
            exchange.sendResponseHeaders(asked ? status : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThat(healthCheckSucceeds(server.getAddress().getPort())).isEqualTo(healthy);
        } finally {
            server.stop(0);
        }
        assertThat(healthCheckSucceeds(server.getAddress().getPort())).isFalse();
    }

    private static boolean healthCheckSucceeds(int port) throws IOException, InterruptedException {
        String rest = only("HEALTHCHECK", IMAGE).rest();
        List<String> command = array(rest.substring(rest.indexOf("CMD ") + 4)).stream()
                .map(word -> word.replace("/8080", "/" + port))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    private static List<String> array(String json) throws JsonProcessingException {
        return Arrays.asList(JSON.readValue(json, String[].class));
    }

    private static List<String> rests(String word, List<Instruction> lines) {
        return lines.stream()
                .filter(line -> line.word().equals(word))
                .map(Instruction::rest)
                .toList();
    }

    private static Instruction only(String word, List<Instruction> lines) {
        List<String> rests = rests(word, lines);
        assertThat(rests).as("lines with %s", word).hasSize(1);
        return new Instruction(word, rests.getFirst());
    }

    private static List<Instruction> instructions(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .map(words -> new Instruction(words[0], words[1]))
                .toList();
    }
}
