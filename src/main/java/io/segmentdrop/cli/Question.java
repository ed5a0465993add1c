package io.segmentdrop.cli;

import io.segmentdrop.core.drop.Names;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be checked.
 *
 * @param csv the CSV
 * @param sidecar the sidecar; null to look for the one beside the CSV
 * @param dropName the drop whose rules count; null for none
 * @param drop its rules; null for none
 */
record Question(
        Path csv,
        @Nullable Path sidecar,
        @Nullable String dropName,
        @Nullable ConfiguredDrop drop) {

    Question {
        if (!Names.isCsv(nameOf(csv))) {
            throw new IllegalArgumentException("expected a CSV, named *.csv, found " + Names.shown(nameOf(csv)));
        }
    }

    String csvName() {
        return nameOf(csv);
    }

    static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
