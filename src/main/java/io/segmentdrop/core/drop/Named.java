package io.segmentdrop.core.drop;

import java.text.Normalizer;

/**
 * A name taken apart for pairing.
 *
 * @param extension the CSV's extension as this name spells it; empty for a short sidecar
 */
record Named(Entry entry, Role role, String extension) {

    enum Role {
        CSV,
        /** {@code x.csv.json}. */
        FULL_SIDECAR,
        /** {@code x.json}. */
        SHORT_SIDECAR
    }

    /** @param entry a name that ends with {@code .csv} or {@code .json} */
    static Named of(Entry entry) {
        String name = entry.name();
        if (Names.isCsv(name)) {
            return new Named(entry, Role.CSV, extension(name));
        }
        String stem = Names.withoutExtension(name);
        return Names.isCsv(stem)
                ? new Named(entry, Role.FULL_SIDECAR, extension(stem))
                : new Named(entry, Role.SHORT_SIDECAR, "");
    }

    /** What CSV and sidecar have in common, in Unicode's composed form. */
    String base() {
        String name = entry.name();
        return composed(
                switch (role) {
                    case CSV, SHORT_SIDECAR -> Names.withoutExtension(name);
                    case FULL_SIDECAR -> Names.withoutExtension(Names.withoutExtension(name));
                });
    }

    boolean isCsv() {
        return role == Role.CSV;
    }

    /** Whether this sidecar is spelled as the CSV's; the base is the same already. */
    boolean fits(Named csv) {
        return role == Role.SHORT_SIDECAR || extension.equals(csv.extension);
    }

    /** The whole name in Unicode's composed form. */
    String normalised() {
        return composed(entry.name());
    }

    /** The last four characters; one text for all that spell it in the usual way, since there may be a million. */
    private static String extension(String csvName) {
        return csvName.endsWith(".csv") ? ".csv" : csvName.substring(csvName.length() - 4);
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
