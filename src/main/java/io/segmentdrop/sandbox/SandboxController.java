package io.segmentdrop.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows what the stand-in of the API holds, as JSON. */
@RestController
@Profile(SandboxStart.PROFILE)
@RequestMapping("/sandbox")
class SandboxController {

    /** How many members of a segment are shown. */
    static final int MEMBERS = 20;

    /** How many requests are shown. */
    static final int REQUESTS = 100;

    /**
     * A segment.
     *
     * @param suppression null for a normal segment
     * @param imports how many took effect
     * @param members how many there are
     * @param first the first of them: the address as {@code email}, then their columns
     */
    record SegmentView(
            long id,
            String name,
            @Nullable String suppression,
            long imports,
            long members,
            List<Map<String, String>> first) {}

    /**
     * A request.
     *
     * @param file null if there was none
     * @param whole whether it came whole
     * @param status 0 if none was answered
     */
    record RequestView(
            long number,
            Instant at,
            String method,
            String path,
            @Nullable Long segment,
            Map<String, List<String>> fields,
            @Nullable FileView file,
            long bytes,
            boolean whole,
            boolean applied,
            int status) {}

    /** The CSV of a request. */
    record FileView(
            String name,
            long bytes,
            long rows,
            String sha256,
            @Nullable String fault) {}

    private final StandInApi api;

    SandboxController(StandInApi api) {
        this.api = api;
    }

    /** The segments, by id. */
    @GetMapping("/segments")
    List<SegmentView> segments() {
        return api.account().segments().stream().map(this::view).toList();
    }

    /** The newest requests, newest first. */
    @GetMapping("/requests")
    List<RequestView> requests() {
        return api.journal().newest(REQUESTS).stream()
                .map(SandboxController::view)
                .toList();
    }

    /** Forgets members, requests and faults. */
    @PostMapping("/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        api.reset();
    }

    private SegmentView view(Account.Segment segment) {
        Account account = api.account();
        return new SegmentView(
                segment.id(),
                segment.name(),
                segment.suppression(),
                account.applied(segment.id()).size(),
                account.size(segment.id()),
                account.members(segment.id(), MEMBERS).entrySet().stream()
                        .map(SandboxController::row)
                        .toList());
    }

    private static Map<String, String> row(Map.Entry<String, Map<String, String>> member) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("email", member.getKey());
        row.putAll(member.getValue());
        return row;
    }

    private static RequestView view(Journal.Entry entry) {
        Upload file = entry.form().file();
        return new RequestView(
                entry.number(),
                entry.at(),
                entry.method(),
                entry.target(),
                entry.segment(),
                entry.form().fields(),
                file == null
                        ? null
                        : new FileView(file.name(), file.bytes(), file.count(), file.sha256(), file.fault()),
                entry.bytes(),
                entry.progress() == Journal.Progress.COMPLETE,
                entry.applied(),
                entry.status());
    }
}
