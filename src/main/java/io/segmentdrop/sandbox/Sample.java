package io.segmentdrop.sandbox;

import io.segmentdrop.core.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pair of {@code inbox-samples/<drop>/}. Its name begins with how it must end; {@code rejected-}, {@code held-} and
 * {@code undeliverable-} are followed by the code that says why: {@code rejected-side-unknown-key-claer.csv}.
 *
 * @param drop the drop that it is for: the name of its folder
 * @param csv the CSV
 * @param ending how it must end
 */
public record Sample(String drop, Path csv, Ending ending) {

    /** How a sample ends. The order is the order in which they are dropped: what looks back at another comes later. */
    public enum Ending {
        PARTLY_DELIVERED("ok-partly-", "delivered"),
        DELIVERED("ok-", "delivered"),
        CHECKED("checked-", "checked"),
        WAITING("waiting-", "waiting"),
        REJECTED("rejected-", "rejected"),
        UNDELIVERABLE("undeliverable-", "undeliverable"),
        HELD("held-", "held"),
        DUPLICATE("duplicate-", "duplicate");

        private final String prefix;
        private final String state;

        Ending(String prefix, String state) {
            this.prefix = prefix;
            this.state = state;
        }

        /** The state that its receipt shows. */
        public String state() {
            return state;
        }

        private boolean bears(String name) {
            return name.startsWith(prefix);
        }
    }

    private static final String CSV = ".csv";

    /**
     * The sample of a CSV.
     *
     * @throws IllegalArgumentException if its name does not say how it must end
     */
    public static Sample of(Path csv) {
        String name = csv.getFileName().toString();
        Ending ending = Arrays.stream(Ending.values())
                .filter(one -> one.bears(name) && name.endsWith(CSV))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a CSV named after how it must end, such as ok-vips.csv, found " + name));
        Path folder = Objects.requireNonNull(csv.toAbsolutePath().getParent());
        return new Sample(folder.getFileName().toString(), csv, ending);
    }

    /** The samples of one folder, in the order in which they are dropped. */
    public static List<Sample> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(CSV))
                    .map(Sample::of)
                    .sorted(Comparator.comparing(Sample::ending).thenComparing(Sample::name))
                    .toList();
        }
    }

    /** The CSV's name. */
    public String name() {
        return csv.getFileName().toString();
    }

    /** Where the sidecar is, if the sample has one. */
    public Path sidecar() {
        return csv.resolveSibling(name() + ".json");
    }

    /** The code that its name gives as the reason: the longest one that fits. */
    public Optional<Code> code() {
        String rest = name().substring(ending.prefix.length());
        return Arrays.stream(Code.values())
                .filter(code -> (rest + "-").startsWith(word(code) + "-") || rest.equals(word(code) + CSV))
                .max(Comparator.comparingInt(code -> code.name().length()));
    }

    private static String word(Code code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
