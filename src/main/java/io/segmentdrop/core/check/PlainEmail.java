package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;

/** Knows what may stand in the email column without giving cause to change it or to say anything about it. */
interface PlainEmail {

    /**
     * True only if neither {@link EmailRule} nor {@link ValueWarnings} nor {@link Normaliser} has anything to do; false if
     * they must look.
     *
     * @param bytes ASCII from {@code from} to before {@code to}, and at least {@link RecordIndex#BLOCK} bytes more
     */
    boolean knows(byte[] bytes, int from, int to);

    /** What is plain under these rules. */
    static PlainEmail of(CheckRules rules) {
        Suppression hashes = EmailRule.hashesIn(rules);
        return hashes == null ? new PlainAddress() : new PlainHash(hashes);
    }
}
