package io.segmentdrop.cli;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.drop.Pairing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds what stands with a CSV in its folder, by the server's own rules. */
final class SidecarFinder {

    private SidecarFinder() {}

    /** What the CSV is part of: a pair, a lone CSV, something ambiguous or something ignored. */
    static Candidate find(Path csv) throws IOException {
        Path folder = csv.toAbsolutePath().normalize().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return candidate(
                    csv,
                    files.filter(SidecarFinder::mayPair)
                            .map(SidecarFinder::entry)
                            .toList());
        }
    }

    /** The CSV as if it stood alone. */
    static Candidate alone(Path csv) {
        return candidate(csv, List.of(entry(csv)));
    }

    private static Candidate candidate(Path csv, List<Entry> entries) {
        String name = Question.nameOf(csv);
        return Pairing.of(entries).stream()
                .filter(candidate -> candidate.entries().stream()
                        .anyMatch(entry -> entry.name().equals(name)))
                .findFirst()
                .orElseGet(() -> alone(csv));
    }

    private static boolean mayPair(Path path) {
        String name = Question.nameOf(path);
        return Names.isCsv(name) || name.toLowerCase(Locale.ROOT).endsWith(".json");
    }

    /** Links are followed here: this is the caller's own file, not a stranger's. */
    static Entry entry(Path path) {
        Entry.Kind kind = Files.isDirectory(path)
                ? Entry.Kind.DIRECTORY
                : Files.isRegularFile(path) ? Entry.Kind.FILE : Entry.Kind.OTHER;
        return new Entry(Question.nameOf(path), kind, 0, 0, "", 1, 0);
    }
}
