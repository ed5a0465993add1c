package io.segmentdrop.core.drop;

import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * What a drop may still bring into custody. Sizes are in bytes.
 *
 * @param free what may still be written on the disk of the home, by anybody
 * @param kept what of this drop is in the home
 * @param inCustody what of that has not come to its end
 * @param copies how often what is taken will be written: for its checked copy, and for itself if it has to be copied
 */
public record Room(Limits limits, long free, long kept, long inCustody, int copies) {

    /** A file counts for no more, whatever its size is said to be. */
    private static final long MOST = 1L << 50;

    /**
     * What holds whatever the disk is like.
     *
     * @param quota how much of the drop may be in custody; null for as much as there is room for
     * @param spare what stays free for drops that have little in the home, so that one that fills it stops no other
     * @param drops how many drops share what is spare
     */
    public record Limits(@Nullable Long quota, long spare, int drops) {

        public Limits {
            if (spare < 0 || drops < 1 || (quota != null && quota < 0)) {
                throw new IllegalArgumentException(
                        "expected sizes from 0 and a drop, found " + quota + ", " + spare + " and " + drops);
            }
        }
    }

    /** Why a pair of this size may not be taken: {@code DISK_RESERVE} or {@code SRC_QUOTA}; null if it may. */
    public @Nullable Code lacks(long size) {
        if (needed(size) > free) {
            return Code.DISK_RESERVE;
        }
        boolean tooMuch = limits.quota() != null && inCustody + bounded(size) > limits.quota();
        return tooMuch ? Code.SRC_QUOTA : null;
    }

    /** What must be free for a pair of this size. */
    public long needed(long size) {
        boolean isLittle = kept + bounded(size) <= limits.spare() / limits.drops();
        return written(size) + (isLittle ? 0 : limits.spare());
    }

    /** What may be written for a pair of this size. */
    public long written(long size) {
        return copies * bounded(size);
    }

    /** What is left once a pair of this size is taken. */
    public Room after(long size) {
        return new Room(limits, free - written(size), kept + bounded(size), inCustody + bounded(size), copies);
    }

    private static long bounded(long size) {
        return Math.min(size, MOST);
    }
}
