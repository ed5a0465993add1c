package io.segmentdrop.shell.ops;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.shell.ledger.Browse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which imports are asked for. An empty parameter asks for nothing; an unknown one is refused, since a misspelt filter
 * would show everything.
 *
 * @param before the place in the list after which it goes on
 */
public record ImportQuery(
        @Nullable ImportState state,
        @Nullable String drop,
        @Nullable String q,
        long before,
        int limit) {

    private static final List<String> NAMES = List.of("state", "drop", "q", "before", "limit");
    private static final int USUAL = 50;

    public static ImportQuery of(Map<String, String> parameters) {
        parameters.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.bad("the parameters " + String.join(", ", NAMES), Refusal.quoted(name));
                });
        return new ImportQuery(
                state(text(parameters, "state")),
                text(parameters, "drop"),
                text(parameters, "q"),
                number(parameters, "before", Long.MAX_VALUE, "the next of an earlier answer", Long.MAX_VALUE),
                (int) number(parameters, "limit", USUAL, "1 to " + Browse.MOST, Browse.MOST));
    }

    private static @Nullable String text(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable ImportState state(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(ImportState.values())
                .filter(state -> state.partnerWord().equalsIgnoreCase(word)
                        || state.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> Refusal.bad("state to be one of " + words(), Refusal.quoted(word)));
    }

    private static String words() {
        return Arrays.stream(ImportState.values()).map(ImportState::partnerWord).collect(Collectors.joining(", "));
    }

    private static long number(Map<String, String> parameters, String name, long usual, String range, long most) {
        String value = text(parameters, name);
        if (value == null) {
            return usual;
        }
        if (value.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw Refusal.bad(name + " to be " + range, Refusal.quoted(value));
    }
}
