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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** @param mark of the receipt as it was written; empty if it was carried on since */
    private record Written(Code code, String reason, Optional<Mark> mark) {

        boolean says(Watch.Waiting waiting) {
            return code == waiting.why() && reason.equals(waiting.reason());
        }
    }

    private final Drop drop;
    private final Duration tellAfter;
    private final ObjectMapper json;
    private final Untold untold;
    private final Map<String, Written> written = new HashMap<>();
    private final Set<String> failed = new HashSet<>();

    public EarlyReceipts(Drop drop, Duration tellAfter, ObjectMapper json, Untold untold) {
        this.drop = drop;
        this.tellAfter = tellAfter;
        this.json = json;
        this.untold = untold;
    }

    /** Tells what is to be told of what waits now. */
    void tell(List<Watch.Waiting> waiting, Instant now) {
        List<Watch.Waiting> due = waiting.stream()
                .filter(one -> TOLD.contains(one.why()) && !now.isBefore(one.since().plus(tellAfter)))
                .toList();
        forgetAllBut(due);
        try {
            int left = MOST;
            for (Watch.Waiting one : due) {
                if (left > 0 && !isTold(one)) {
                    write(one, now);
                    left--;
                }
            }
        } catch (IOException e) {
            // the rest fares no better; all is tried again at the next look
        }
    }

    private void forgetAllBut(List<Watch.Waiting> due) {
        if (!written.isEmpty() || !failed.isEmpty()) {
            Set<String> names = due.stream().map(Watch.Waiting::name).collect(Collectors.toSet());
            written.keySet().retainAll(names);
            failed.stream().filter(name -> !names.contains(name)).toList().forEach(this::paid);
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

    private boolean isTold(Watch.Waiting waiting) throws IOException {
        Written before = written.get(waiting.name());
        if (before == null || !before.says(waiting)) {
            return false;
        }
        Optional<Mark> now = mark(waiting);
        return now.isEmpty() || before.mark().isEmpty() || now.equals(before.mark());
    }

    private Optional<Mark> mark(Watch.Waiting waiting) throws IOException {
        return drop.folder().receipt(Names.receiptName(waiting.csvName())).map(DropFolder.Outgoing::mark);
    }

    private void write(Watch.Waiting waiting, Instant now) throws IOException {
        WaitingReceipt receipt = new WaitingReceipt(
                drop.name(), waiting.csvName(), waiting.why(), waiting.reason(), waiting.since());
        byte[] bytes = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(receipt.toMap());
        try {
            drop.folder().writeReceipt(Names.receiptName(waiting.csvName()), new ByteArrayInputStream(bytes));
            paid(waiting.name());
        } catch (IOException e) {
            failed.add(waiting.name());
            untold.failed(drop.name(), id(waiting.name()), Untold.why(e), now);
            throw e;
        }
        written.put(waiting.name(), new Written(waiting.why(), waiting.reason(), mark(waiting)));
    }
}
