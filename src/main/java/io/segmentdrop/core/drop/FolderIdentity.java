package io.segmentdrop.core.drop;

import org.jspecify.annotations.Nullable;

/**
 * What a drop's folder is known by, so that another one in its place is noticed: a replaced folder, or the empty folder
 * below a mount point while its disk is not mounted.
 *
 * <p>The inode and the birth time stay the same as long as the folder lives, also over a remount and a reboot; the number of
 * the device need not. An inode alone is used again for a folder that is made anew, and the root of every file system of a
 * kind has the same one: only with the birth time, or else the device, does it say which folder it is.
 *
 * @param device the number of its file system, as Linux numbers devices
 * @param inode its number in that file system
 * @param born when it was made, in nanoseconds since 1970 UTC; null if the system cannot be asked
 * @param sure whether the file system keeps that; otherwise {@code born} is only when the folder was last changed
 */
public record FolderIdentity(
        long device, long inode, @Nullable Long born, boolean sure) {

    public FolderIdentity {
        if (sure && born == null) {
            throw new IllegalArgumentException("expected a time that is sure, found none");
        }
    }

    /** As the ledger keeps it: without a birth time, or with one that is sure. */
    public static FolderIdentity known(long device, long inode, @Nullable Long born) {
        return new FolderIdentity(device, inode, born, born != null);
    }

    /** What of it is worth keeping. */
    public FolderIdentity known() {
        return known(device, inode, sure ? born : null);
    }

    /** Whether this folder, seen now, is the one that was {@linkplain #known() known} before. */
    public boolean is(FolderIdentity before) {
        if (inode != before.inode) {
            return false;
        }
        if (born != null && before.born != null && before.sure) {
            return born.equals(before.born);
        }
        return device == before.device || (isNumberedAnew() && before.isNumberedAnew());
    }

    /** Network file systems and those in memory have no device behind them, and get a new number with each mount. */
    private boolean isNumberedAnew() {
        long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
        return major == 0;
    }

    /** For a message. */
    public String words() {
        return "file system " + Long.toHexString(device) + ", inode " + inode;
    }
}
