package io.segmentdrop.shell.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.SegmentRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one import, to be kept beside its files, and the way back: a ledger that was restored from a
 * backup learns from manifests what happened after the backup was made, so that nothing is sent twice because of it.
 */
public final class Manifests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> ROW = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final LedgerDatabase ledger;
    private final Events events;

    public Manifests(LedgerDatabase ledger, Events events) {
        this.ledger = ledger;
        this.events = events;
    }

    /** The import and its chunks as JSON: the ledger's own columns. */
    public byte[] of(String importId) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", "segment-drop/manifest/1");
        manifest.put(
                "import", rows("select * from import where id = ?", importId).getFirst());
        manifest.put("chunks", rows("select * from chunk where import_id = ? order by number", importId));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the ledger's values to become JSON", e);
        }
    }

    private List<Map<String, @Nullable Object>> rows(String sql, String id) {
        return ledger.write().sql(sql).param(id).query().listOfRows();
    }

    /** The newest import that the ledger knows, by its id; empty if it knows none. */
    public Optional<String> newestId() {
        return ledger.write()
                .sql("select max(id) from import")
                .query(String.class)
                .optional();
    }

    /** Imports that the ledger believes to be in custody and not to have ended. */
    public Set<String> open() {
        return ledger
                .write()
                .sql("select id from import where in_custody = 1 and state in ('TAKEN', 'READY', 'HELD')")
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the ledger knows the import. */
    public boolean knows(String importId) {
        return ledger.write()
                        .sql("select count(*) from import where id = ?")
                        .param(importId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Takes over what a manifest says; what the ledger said of the import before is replaced. Its partner is told again, since
     * nobody can say whether that happened.
     *
     * @param putAway whether its files lie where its end says
     * @throws IllegalArgumentException if the bytes are no manifest
     */
    public void adopt(byte[] manifest, boolean putAway, Instant now) {
        Map<String, Object> row = new LinkedHashMap<>(part(manifest, "import", ROW));
        List<Map<String, Object>> chunks = part(manifest, "chunks", ROWS);
        String id = String.valueOf(row.get("id"));
        row.remove("seq");
        row.put("settled", putAway ? 1 : 0);
        row.putIfAbsent("state_since", row.get("finished_at"));
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("delete from attempt where import_id = ?")
                    .param(id)
                    .update();
            ledger.write()
                    .sql("delete from chunk where import_id = ?")
                    .param(id)
                    .update();
            ledger.write().sql("delete from import where id = ?").param(id).update();
            insert("import", row);
            ledger.write().sql("""
                update import set delivered_after = (select coalesce(max(id), 0) from attempt)
                where id = ? and state = 'DELIVERED'\
                """).param(id).update();
            chunks.forEach(chunk -> insert("chunk", chunk));
            rememberCreated(row);
            events.add(now, id, String.valueOf(row.get("drop_name")), "reconciled", "from its manifest", Imports.SELF);
        });
    }

    /** Takes in an import whose files are in custody and of which the ledger knows nothing: neither a plan nor what was sent. */
    public void adoptUnknown(String id, TakeNote take) {
        long taken = ImportIds.time(id).toEpochMilli();
        ledger.inTransaction(() -> {
            ledger.write()
                    .sql("""
                        insert into import (id, drop_name, file_name, state, in_custody, sources, taken_at, changed_at,
                            replay_of)
                        values (:id, :drop, :file, 'TAKEN', 1, :sources, :taken, :taken, :replayOf)\
                        """)
                    .param("id", id)
                    .param("drop", take.drop())
                    .param("file", take.file())
                    .param("sources", LedgerJson.texts(take.sources()))
                    .param("taken", taken)
                    .param("replayOf", take.replayOf())
                    .update();
        });
    }

    private void rememberCreated(Map<String, Object> row) {
        Options options = LedgerJson.options((String) row.get("options"));
        if (row.get("segment") instanceof Number segment
                && options != null
                && options.settings().segment() instanceof SegmentRef.Create create) {
            ledger.write()
                    .sql("insert into created_segment (drop_name, name, id) values (?, ?, ?) on conflict do nothing")
                    .param(row.get("drop_name"))
                    .param(create.name())
                    .param(segment.longValue())
                    .update();
        }
    }

    private <T> T part(byte[] manifest, String name, TypeReference<T> type) {
        try {
            return JSON.convertValue(JSON.readTree(manifest).required(name), type);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("expected a manifest, found other JSON or none", e);
        }
    }

    /** Only columns that this version's table has: names from a file never become SQL. */
    private void insert(String table, Map<String, Object> row) {
        List<String> columns = ledger
                .write()
                .sql("select name from pragma_table_info(?)")
                .param(table)
                .query((found, number) -> found.getString(1))
                .list()
                .stream()
                .filter(row::containsKey)
                .toList();
        String names = String.join(", ", columns);
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        ledger.write()
                .sql("insert into " + table + " (" + names + ") values (" + marks + ")")
                .params(columns.stream().map(row::get).toList())
                .update();
    }
}
