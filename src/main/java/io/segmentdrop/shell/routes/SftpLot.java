package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.shell.files.Reserve;
import io.segmentdrop.shell.ledger.Mirrored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs that are fetched side by side, and given their names with one fsync of the folder and one commit. */
final class SftpLot implements AutoCloseable {

    private static final int MOST = 100;
    private static final long MOST_BYTES = 32L << 20;

    private final List<Watch.Ready> ready = new ArrayList<>();
    private final Map<String, Mirrored.Row> rows = new HashMap<>();
    private Reserve.@Nullable Claim claim;
    private boolean begun;

    private SftpLot() {}

    /** The lots of these, by the names of their candidates and in their order. */
    static Map<String, SftpLot> of(List<Watch.Ready> all) {
        Map<String, SftpLot> lots = new LinkedHashMap<>();
        SftpLot lot = new SftpLot();
        long bytes = 0;
        for (Watch.Ready one : all) {
            if (lot.ready.size() >= MOST || bytes >= MOST_BYTES) {
                lot = new SftpLot();
                bytes = 0;
            }
            lot.ready.add(one);
            lots.put(one.what().name(), lot);
            bytes += one.what().entries().stream().mapToLong(Entry::size).sum();
        }
        return lots;
    }

    List<Watch.Ready> ready() {
        return ready;
    }

    /** True the first time. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** The room of these, until they have their names. */
    void holds(Reserve.Claim room) {
        claim = room;
    }

    void found(List<Mirrored.Row> fetched) {
        fetched.forEach(row -> rows.put(row.name(), row));
    }

    /** What is left for a later poll. */
    List<String> notFound() {
        return ready.stream()
                .map(one -> one.what().csvName())
                .filter(name -> !rows.containsKey(name))
                .toList();
    }

    SftpFetched fetched(String name) {
        Watch.Ready last = ready.getLast();
        Watch.Ready one = ready.stream()
                .filter(candidate -> candidate.what().name().equals(name))
                .findFirst()
                .orElse(last);
        return new SftpFetched(
                rows.remove(one.what().csvName()),
                one.what().name().equals(last.what().name()));
    }

    @Override
    public void close() {
        if (claim != null) {
            claim.close();
        }
    }
}
