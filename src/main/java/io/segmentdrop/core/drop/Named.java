package io.segmentdrop.core.drop;

import java.text.Normalizer;

/**
 * A name taken apart for pairing.
 *
 * @param base what CSV and sidecar have in common, in Unicode's composed form
 * @param extension the CSV's extension as this name spells it; empty for a short sidecar
 */
record Named(Entry entry, Role role, String base, String extension) {

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
            return ofCsvName(entry, Role.CSV, name);
        }
        String stem = Names.withoutExtension(name);
        return Names.isCsv(stem)
                ? ofCsvName(entry, Role.FULL_SIDECAR, stem)
                : new Named(entry, Role.SHORT_SIDECAR, composed(stem), "");
    }

    private static Named ofCsvName(Entry entry, Role role, String csvName) {
        String base = Names.withoutExtension(csvName);
        return new Named(entry, role, composed(base), csvName.substring(base.length()));
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

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
