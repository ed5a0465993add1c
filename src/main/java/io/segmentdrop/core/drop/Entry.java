package io.segmentdrop.core.drop;

/**
 * One entry of a listing, as it was seen without following links.
 *
 * @param name as the listing gave it; not judged yet, see {@link Names#judge(String)}
 * @param size in bytes
 * @param mtimeNanos when the content was last changed, as the sender may have set it; nanoseconds since 1970
 * @param identity the inode or the like; empty where there is none
 * @param links how many names the file has; 1 where this cannot be known
 * @param changedMillis when it arrived or was last changed, which a sender cannot set; milliseconds since 1970
 */
public record Entry(
        String name, Kind kind, long size, long mtimeNanos, String identity, int links, long changedMillis) {

    /** What stands behind a name. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /** A pipe, a socket or a device: opening it could hang. */
        OTHER
    }

    /** True if it may be opened. */
    public boolean isFile() {
        return kind == Kind.FILE;
    }
}
