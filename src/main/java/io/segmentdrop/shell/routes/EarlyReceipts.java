package io.segmentdrop.shell.routes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.receipt.WaitingReceipt;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Mark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the partner of one drop what waits in it and needs him: a receipt that is not final, for what has waited
 * {@code tell-after}, once for each change. The receipt of an import with the same file's name takes its place when the
 * files are taken; that of an earlier import does not. Not thread-safe.
 */
public final class EarlyReceipts {

    /** What a partner hears of before anything is taken. */
    private static final Set<Code> TOLD = EnumSet.of(Code.SRC_PERMISSION);

    /** So many in one look, which the drop's own pairs wait for. */
    private static final int MOST = 32;

    /**
     * What waits, as it is known here.
     *
     * @param first when it was first seen to wait for this cause
     */
    private record Known(Code code, Instant first, Optional<Written> written) {

        static Known of(Watch.Waiting waiting, Instant now) {
            return new Known(waiting.why(), now, Optional.empty());
        }

        /** A clock that was set back makes nothing wait longer. */
        Known again(Instant now) {
            return now.isBefore(first) ? new Known(code, now, written) : this;
        }
    }

    /** @param mark of the receipt as it was written; empty if it was carried on since */
    private record Written(String reason, Optional<Mark> mark) {}

    private final Drop drop;
    private final Duration tellAfter;
    private final ObjectMapper json;
    private final Untold untold;
    private Map<String, Known> known = Map.of();
    private final Set<String> failed = new HashSet<>();

    public EarlyReceipts(Drop drop, Duration tellAfter, ObjectMapper json, Untold untold) {
        this.drop = drop;
        this.tellAfter = tellAfter;
        this.json = json;
        this.untold = untold;
    }

    /** Tells what is to be told of what waits now. */
    void tell(List<Watch.Waiting> waiting, Instant now) {
        Map<String, Known> next = new HashMap<>();
        List<Watch.Waiting> wanted =
                waiting.stream().filter(one -> TOLD.contains(one.why())).toList();
        for (Watch.Waiting one : wanted) {
            Known before = known.get(one.name());
            next.put(one.name(), before == null || before.code() != one.why() ? Known.of(one, now) : before.again(now));
        }
        known = next;
        failed.stream().filter(name -> !next.containsKey(name)).toList().forEach(this::paid);
        try {
            tellDue(wanted, now);
        } catch (IOException e) {
            // the rest fares no better; all is tried again at the next look
        }
    }

    private void tellDue(List<Watch.Waiting> wanted, Instant now) throws IOException {
        int left = MOST;
        for (Watch.Waiting one : wanted) {
            Known here = Objects.requireNonNull(known.get(one.name()));
            boolean isDue = !now.isBefore(here.first().plus(tellAfter));
            if (left > 0 && isDue && !isTold(one, here)) {
                known.put(one.name(), new Known(here.code(), here.first(), Optional.of(write(one, now))));
                left--;
            }
        }
    }

    private void paid(String name) {
        if (failed.remove(name)) {
            untold.told(drop.name(), id(name));
        }
    }

    private static String id(String name) {
        return "waiting: " + name;
    }

    private boolean isTold(Watch.Waiting waiting, Known here) throws IOException {
        if (here.written().filter(it -> it.reason().equals(waiting.reason())).isEmpty()) {
            return false;
        }
        Optional<Mark> then = here.written().get().mark();
        Optional<Mark> now = mark(waiting);
        return now.isEmpty() || then.isEmpty() || now.equals(then);
    }

    private Optional<Mark> mark(Watch.Waiting waiting) throws IOException {
        return drop.folder().receipt(Names.receiptName(waiting.csvName())).map(DropFolder.Outgoing::mark);
    }

    private Written write(Watch.Waiting waiting, Instant now) throws IOException {
        WaitingReceipt receipt =
                new WaitingReceipt(drop.name(), waiting.csvName(), waiting.why(), waiting.reason(), waiting.since());
        byte[] bytes = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(receipt.toMap());
        try {
            drop.folder().writeReceipt(Names.receiptName(waiting.csvName()), new ByteArrayInputStream(bytes));
            paid(waiting.name());
        } catch (IOException e) {
            failed.add(waiting.name());
            untold.failed(drop.name(), id(waiting.name()), Untold.why(e), now);
            throw e;
        }
        return new Written(waiting.reason(), mark(waiting));
    }
}
