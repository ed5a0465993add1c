package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.api.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far the open request of each import is, for those who look. Nothing relies on it. */
public final class OpenRequests {

    private final Map<String, Progress> open = new ConcurrentHashMap<>();

    Progress begin(String importId) {
        Progress progress = new Progress();
        open.put(importId, progress);
        return progress;
    }

    void end(String importId) {
        open.remove(importId);
    }

    /** Of an import; empty if it has no open request. */
    public Optional<Progress> find(String importId) {
        return Optional.ofNullable(open.get(importId));
    }
}
