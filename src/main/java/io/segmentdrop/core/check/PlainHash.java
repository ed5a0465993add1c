package io.segmentdrop.core.check;

import io.segmentdrop.core.sidecar.Suppression;
import java.nio.charset.StandardCharsets;

/** Knows the hashes of one type that are written in lower case and are not those of nothing, eight digits at a time. */
final class PlainHash implements PlainEmail {

    private final int digits;
    private final long[] beginningsOfNothing;

    PlainHash(Suppression type) {
        this.digits = type.digits();
        this.beginningsOfNothing = ValueWarnings.hashesOfNothing(type).stream()
                .mapToLong(hash -> Word.read(hash.getBytes(StandardCharsets.US_ASCII), 0))
                .toArray();
    }

    @Override
    public boolean knows(byte[] bytes, int from, int to) {
        if (to - from != digits) {
            return false;
        }
        long hexadecimal = Word.HIGHEST;
        for (int at = from; at < to; at += Long.BYTES) {
            long word = Word.read(bytes, at);
            hexadecimal &= Word.isIn(word, '0', '9') | Word.isIn(word, 'a', 'f');
        }
        return (hexadecimal & Word.HIGHEST) == Word.HIGHEST && isOfSomething(Word.read(bytes, from));
    }

    private boolean isOfSomething(long beginning) {
        for (long nothing : beginningsOfNothing) {
            if (beginning == nothing) {
                return false;
            }
        }
        return true;
    }
}
