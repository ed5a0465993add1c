package io.segmentdrop.core.notice;

import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that operations are told: a cause, and how often it came up since they were last told of it.
 *
 * @param drop the drop's name; null for the gates of the API and of the key
 * @param gate null for all but gates
 * @param code null where there is none: for feeds, and for gates that open
 * @param count from 1
 * @param since when the first of them happened; {@code last}: the last
 * @param importId the last import; null for gates and feeds; likewise {@code file}, its CSV's name as the partner wrote it
 * @param reason why, of the last one
 * @param by who did it: {@code segment-drop} or a user's name
 */
public record Notice(
        News news,
        @Nullable String drop,
        @Nullable String gate,
        @Nullable Code code,
        long count,
        Instant since,
        Instant last,
        @Nullable String importId,
        @Nullable String file,
        String reason,
        String by) {

    /** What the JSON says of its own shape. */
    public static final String SCHEMA = "segment-drop/notice/1";

    public Notice {
        if (count < 1) {
            throw new IllegalArgumentException("expected a count from 1, found " + count);
        }
    }

    /** True if the log has a line of its own for it: a single import, a gate or a closed drop, but no feed and no sum. */
    public boolean isLogged() {
        return count == 1
                && switch (news) {
                    case IMPORT_REJECTED, IMPORT_UNDELIVERABLE, IMPORT_HELD, GATE_CLOSED, GATE_OPENED, DROP_CLOSED ->
                        true;
                    case FEED_LATE, FEED_ARRIVED, DROP_OPENED -> false;
                };
    }

    /** All of it in one line, with what to do. Holds no value of a row. */
    public String text() {
        return what() + ": " + plain(reason) + ends(reason) + " Next: " + next() + ".";
    }

    private static String ends(String reason) {
        return reason.endsWith(".") ? "" : ".";
    }

    private String what() {
        return switch (news) {
            case IMPORT_REJECTED, IMPORT_UNDELIVERABLE, IMPORT_HELD -> imports();
            case GATE_CLOSED, GATE_OPENED -> gates();
            case FEED_LATE -> "Drop " + drop + ": the feed is late";
            case FEED_ARRIVED -> "Drop " + drop + ": the feed has arrived";
            case DROP_CLOSED -> "Drop " + drop + " takes nothing" + times() + ", " + code;
            case DROP_OPENED -> "Drop " + drop + " takes files again" + times();
        };
    }

    private String imports() {
        String state = news.words().replace("import ", "");
        return count == 1
                ? "Drop %s: %s (import %s) is %s with %s".formatted(drop, plain(file), importId, state, code)
                : "Drop %s: %d imports are %s with %s since %s, the last one %s"
                        .formatted(drop, count, state, code, since, importId);
    }

    private String gates() {
        String closed = news == News.GATE_CLOSED ? "closed" : "open again";
        return "Gate " + gate + " is " + closed + times() + (code == null ? "" : ", " + code);
    }

    private String times() {
        return count == 1 ? "" : ", for the %d. time since %s".formatted(count, since);
    }

    /** What operations do now. */
    public String next() {
        return switch (news) {
            case IMPORT_REJECTED -> "nothing; the sender has a receipt that says what to mend";
            case IMPORT_UNDELIVERABLE -> "mend the cause, then replay it" + remedy();
            case IMPORT_HELD -> "release or discard it; its lane waits" + remedy();
            case GATE_CLOSED -> "everything behind it waits in order" + remedy();
            case GATE_OPENED -> "nothing; what waited goes out in order";
            case FEED_LATE -> "ask the sender; this ends by itself when the files come";
            case FEED_ARRIVED -> "nothing";
            case DROP_CLOSED -> "mend the cause; what is dropped there waits" + remedy();
            case DROP_OPENED -> "nothing; what waited there is taken";
        };
    }

    private String remedy() {
        return code == null ? "" : " (" + code.remedy() + ")";
    }

    /** As JSON values, in this order; what there is none of is left out. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("event", news.words());
        put(map, "drop", drop);
        put(map, "gate", gate);
        put(map, "code", code == null ? null : code.name());
        map.put("count", count);
        map.put("since", since.toString());
        map.put("last", last.toString());
        put(map, "import", importId);
        put(map, "file", file);
        map.put("reason", reason);
        map.put("by", by);
        map.put("next", next());
        map.put("text", text());
        map.put("logged", isLogged());
        return map;
    }

    private static void put(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    /** A partner's words, made fit for one line: what steers a terminal or turns a line becomes a question mark. */
    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
