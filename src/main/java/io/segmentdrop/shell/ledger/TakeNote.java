package io.segmentdrop.shell.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose files these are: kept beside them from the take until their manifest says more, for a ledger that lost its memory.
 *
 * @param file the CSV's name, as the partner wrote it
 * @param sources as the ledger has them: name in the drop, what it looked like, name in custody
 * @param replayOf the import that it replays; null for what came from a drop
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TakeNote(
        String drop,
        String file,
        List<List<String>> sources,
        @Nullable String replayOf) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public TakeNote {
        if (!NAME.matcher(drop).matches() || file.isBlank()) {
            throw new IllegalArgumentException("expected the names of a drop and of a file");
        }
        sources = sources.stream().map(List::copyOf).toList();
    }

    /** As it lies beside the files. */
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected names to become JSON", e);
        }
    }

    /** Empty for anything but a whole note: a power cut may have left half of it. */
    public static Optional<TakeNote> of(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, TakeNote.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
