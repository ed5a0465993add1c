package io.segmentdrop.testkit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the receipts of one drop, and waits for them. */
public record ReceiptReader(Path drop) {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The receipt as it is now. */
    public Optional<JsonNode> now(String csvName) {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file(csvName))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String csvName) {
        return drop.resolve("receipts").resolve(csvName + ".receipt.json");
    }

    /** The receipt once it is final. */
    public JsonNode end(String csvName) {
        return when(csvName, receipt -> receipt.path("final").asBoolean());
    }

    /** The receipt once its state is this one. */
    public JsonNode in(String csvName, String state) {
        return when(csvName, receipt -> receipt.path("state").asText().equals(state));
    }

    /** The receipt once it is so. */
    public JsonNode when(String csvName, Predicate<JsonNode> wanted) {
        return await("receipt of " + csvName + " in " + drop)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(30))
                .until(() -> now(csvName).filter(wanted), Optional::isPresent)
                .orElseThrow();
    }
}
