package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Drops copies of the samples as a careful partner would: the CSV under a temporary name, renamed when it is whole,
 * then its sidecar likewise.
 */
final class SampleCopier {

    private final Path samples;
    private final Path drops;

    /**
     * @param samples holds a folder for each drop; may be missing
     * @param drops holds the drops themselves; samples of a drop that is not there stay where they are
     */
    SampleCopier(Path samples, Path drops) {
        this.samples = samples;
        this.drops = drops;
    }

    /** Copies every sample, in the order of {@link Sample.Ending}; returns how many CSVs. */
    int copy() {
        try {
            List<Sample> all = all();
            for (Sample sample : all) {
                Path drop = drops.resolve(sample.drop());
                put(sample.csv(), drop);
                if (Files.exists(sample.sidecar())) {
                    put(sample.sidecar(), drop);
                }
            }
            return all.size();
        } catch (IOException e) {
            throw new UncheckedIOException("the samples cannot be copied from " + samples + " to " + drops, e);
        }
    }

    private List<Sample> all() throws IOException {
        List<Sample> all = new ArrayList<>();
        for (Path folder : folders()) {
            all.addAll(Sample.in(folder));
        }
        all.sort(Comparator.comparing(Sample::ending));
        return all;
    }

    private List<Path> folders() throws IOException {
        if (!Files.isDirectory(samples)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(samples)) {
            return folders.filter(folder -> Files.isDirectory(folder))
                    .filter(folder -> Files.isDirectory(drops.resolve(folder.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private static void put(Path file, Path drop) throws IOException {
        Path whole = drop.resolve(file.getFileName());
        Path growing = drop.resolve("." + file.getFileName() + ".part");
        Files.copy(file, growing, StandardCopyOption.REPLACE_EXISTING);
        Files.move(growing, whole, StandardCopyOption.ATOMIC_MOVE);
    }
}
