package io.segmentdrop.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every request that came, the last {@value #MOST} of them. Threads may share it. */
public final class Journal {

    /** How many requests are remembered. */
    public static final int MOST = 10_000;

    /** How far a request came. */
    public enum Progress {
        /** Its head was read; the body may still be on its way. */
        ARRIVING,
        /** It ended before its body did, or the body was not read. */
        INCOMPLETE,
        /** It came whole. */
        COMPLETE
    }

    /**
     * One request.
     *
     * @param number from 1, in the order of arrival
     * @param at when its head had been read
     * @param headers by lower-case name; the Authorization header is left out
     * @param segment the id in its path; null if there is none
     * @param form its fields and file; the rows are left out
     * @param bytes of the body, as far as it was read
     * @param bodySha256 of the whole body, lower-case hexadecimal; null unless it came whole
     * @param applied whether it took effect
     * @param status the status of the answer; 0 if none was begun
     */
    public record Entry(
            long number,
            Instant at,
            String method,
            String target,
            Map<String, List<String>> headers,
            @Nullable Long segment,
            ImportForm form,
            long bytes,
            @Nullable String bodySha256,
            Progress progress,
            boolean applied,
            int status) {

        Entry incomplete(long read) {
            return new Entry(
                    number, at, method, target, headers, segment, form, read, null, Progress.INCOMPLETE, false, status);
        }

        Entry complete(ImportForm came, Body body) {
            return new Entry(
                    number,
                    at,
                    method,
                    target,
                    headers,
                    segment,
                    withoutRows(came),
                    body.count(),
                    body.sha256(),
                    Progress.COMPLETE,
                    applied,
                    status);
        }

        Entry ended(boolean tookEffect, int answered) {
            return new Entry(
                    number,
                    at,
                    method,
                    target,
                    headers,
                    segment,
                    form,
                    bytes,
                    bodySha256,
                    progress,
                    tookEffect,
                    answered);
        }

        private static ImportForm withoutRows(ImportForm form) {
            Upload file = form.file();
            return file == null
                    ? form
                    : new ImportForm(
                            form.fields(),
                            new Upload(
                                    file.name(),
                                    file.type(),
                                    file.bytes(),
                                    file.sha256(),
                                    file.header(),
                                    file.count(),
                                    List.of(),
                                    file.fault()));
        }
    }

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long last;

    /** The requests by arrival, the oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The imports into one segment by arrival, whatever became of them. */
    public List<Entry> imports(long segment) {
        return entries().stream()
                .filter(entry ->
                        entry.method().equals("POST") && Long.valueOf(segment).equals(entry.segment()))
                .toList();
    }

    /** The newest requests, newest first. */
    public synchronized List<Entry> newest(int most) {
        return new ArrayList<>(entries.descendingMap().values())
                .stream().limit(most).toList();
    }

    /** Forgets everything; numbers go on. */
    public synchronized void reset() {
        entries.clear();
    }

    synchronized Entry open(Head head, Instant at) {
        Map<String, List<String>> headers = new TreeMap<>(head.headers());
        headers.remove("authorization");
        Entry entry = new Entry(
                ++last,
                at,
                head.method(),
                head.target(),
                headers,
                head.segment().orElse(null),
                ImportForm.NONE,
                0,
                null,
                Progress.ARRIVING,
                false,
                0);
        return put(entry);
    }

    synchronized Entry put(Entry entry) {
        entries.put(entry.number(), entry);
        if (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
        return entry;
    }
}
