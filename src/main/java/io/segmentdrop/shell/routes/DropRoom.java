package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Room;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.ledger.Takes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the room that a drop's pairs need before they are taken or fetched: on the disk of the home, together with all that
 * is under way, and in the drop's quota. Not thread-safe but for its claims.
 */
public final class DropRoom {

    /**
     * What may be taken now.
     *
     * @param count how many pairs, from the first on: order is kept, so none passes one that has to wait
     * @param lacks why the next may not: {@code DISK_RESERVE} or {@code SRC_QUOTA}; null if all may
     * @param reason the same in a sentence
     * @param claim the room of these, until the ledger knows of them
     * @param copies how many times its size each needs
     */
    record Grant(int count, @Nullable Code lacks, String reason, Reserve.Claim claim, int copies) {}

    /** What the ledger knows of all that is under way. */
    @FunctionalInterface
    public interface Loads {

        Takes.Load of(String drop);
    }

    private final String drop;
    private final Reserve reserve;
    private final Loads loads;
    private final @Nullable Long quota;
    private final int drops;

    /**
     * The room of a drop.
     *
     * @param drops how many drops share the home
     */
    public DropRoom(Drop drop, Reserve reserve, Loads loads, int drops) {
        this.drop = drop.name();
        this.quota = drop.maxInCustody();
        this.reserve = reserve;
        this.loads = loads;
        this.drops = drops;
    }

    /** Asks for the room of pairs in a folder of this machine. */
    Grant toTake(List<Watch.Ready> ready, DropFolder from) throws IOException {
        return ask(ready, 0, reserve.isElsewhere(from.path()) ? 2 : 1);
    }

    /**
     * Asks for the room of pairs on a server, which are written here and are checked then.
     *
     * @param spooled how many bytes of the drop were fetched and are not taken yet
     */
    Grant toFetch(List<Watch.Ready> ready, long spooled) throws IOException {
        return ask(ready, spooled, 2);
    }

    private Grant ask(List<Watch.Ready> ready, long spooled, int copies) throws IOException {
        Room.Limits limits = new Room.Limits(quota, drops > 1 ? reserve.spare() : 0, drops);
        Asking asking = new Asking(ready);
        Reserve.Claim claim = reserve.claim(free -> {
            Takes.Load load = loads.of(drop);
            return asking.of(new Room(
                    limits,
                    free - load.unchecked() - spooled,
                    load.kept() + spooled,
                    load.inCustody() + spooled,
                    copies));
        });
        return new Grant(asking.count, asking.lacks, asking.reason, claim, copies);
    }

    /** Whether a fault of our disk comes from a lack of room. */
    boolean isFull(IOException fault) {
        return reserve.isFull(fault);
    }

    static long size(Watch.Ready ready) {
        return ready.what().entries().stream().mapToLong(Entry::size).reduce(0, DropRoom::sum);
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    /** One question, answered while nobody else asks. */
    private static final class Asking {

        private final List<Watch.Ready> ready;
        private int count;
        private @Nullable Code lacks;
        private String reason = "";

        Asking(List<Watch.Ready> ready) {
            this.ready = ready;
        }

        /** Takes as many as fit; answers how many bytes may be written for them. */
        long of(Room whole) {
            Room room = whole;
            for (Watch.Ready one : ready) {
                long size = size(one);
                lacks = room.lacks(size);
                if (lacks != null) {
                    reason =
                            lacks == Code.SRC_QUOTA ? quota(room, size) : Reserve.words(room.needed(size), room.free());
                    break;
                }
                room = room.after(size);
                count++;
            }
            return whole.free() - room.free();
        }

        private static String quota(Room room, long size) {
            return "expected at most %d bytes of the drop in custody, found %d and %d to come"
                    .formatted(room.limits().quota(), room.inCustody(), size);
        }
    }
}
