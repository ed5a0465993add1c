package io.segmentdrop.core.receipt;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.send.Answer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of receipts, as JSON values in order. */
final class ReceiptJson {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Object> json = new LinkedHashMap<>();

    private ReceiptJson() {}

    static Map<String, Object> of(Receipt receipt, @Nullable Answer answer) {
        ReceiptJson out = new ReceiptJson();
        out.head(receipt, answer);
        out.work(receipt);
        out.findings(receipt);
        out.times(receipt);
        return out.json;
    }

    static Map<String, Object> of(WaitingReceipt receipt) {
        return new ReceiptJson()
                .put("schema", Receipt.SCHEMA)
                .put("drop", receipt.drop())
                .put("file", receipt.file())
                .put("state", ImportState.READY.partnerWord())
                .put("final", false)
                .put("cause", cause(new Receipt.Cause(receipt.code(), receipt.message())))
                .put("waitingSince", time(receipt.since()))
                .put("next", receipt.next())
                .json;
    }

    private void head(Receipt receipt, @Nullable Answer answer) {
        put("schema", Receipt.SCHEMA);
        put("import", receipt.importId());
        put("replayOf", receipt.replayOf());
        put("drop", receipt.drop());
        put("file", receipt.file());
        put("sha256", receipt.sha256());
        put("state", receipt.state().partnerWord());
        put("final", receipt.state().isFinal());
        put("cause", cause(receipt.cause()));
        put("answer", answer(answer));
    }

    private void work(Receipt receipt) {
        put("segment", receipt.segment());
        put("options", receipt.options() == null ? null : OptionsJson.of(receipt.options()));
        put("rows", rows(receipt.rows()));
        put("chunks", receipt.chunks().stream().map(ReceiptJson::chunk).toList());
    }

    private void findings(Receipt receipt) {
        put("problems", problems(receipt.problems()));
        put("problemsShown", receipt.problems().size());
        put("problemsTotal", receipt.problemsTotal());
        put("warnings", problems(receipt.warnings()));
        put("rejects", receipt.rejects());
    }

    private void times(Receipt receipt) {
        put("receivedAt", time(receipt.receivedAt()));
        put("finishedAt", time(receipt.finishedAt()));
        put("next", receipt.next());
    }

    private ReceiptJson put(String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
        return this;
    }

    private static @Nullable Object cause(Receipt.@Nullable Cause cause) {
        return cause == null
                ? null
                : new ReceiptJson().put("code", cause.code().name()).put("message", cause.message()).json;
    }

    private static @Nullable Object answer(@Nullable Answer answer) {
        return answer == null || answer.status() == 0
                ? null
                : new ReceiptJson().put("status", answer.status()).put("body", answer.body()).json;
    }

    private static @Nullable Object rows(Receipt.@Nullable Rows rows) {
        return rows == null
                ? null
                : new ReceiptJson()
                        .put("read", rows.read())
                        .put("sent", rows.sent())
                        .put("rejected", rows.rejected())
                        .json;
    }

    private static Map<String, Object> chunk(Receipt.Chunk chunk) {
        return new ReceiptJson()
                .put("number", chunk.number())
                .put("rows", chunk.rows())
                .put("bytes", chunk.bytes())
                .put("state", chunk.state().word())
                .put("attempts", chunk.attempts())
                .put("at", time(chunk.at()))
                .json;
    }

    private static List<Map<String, Object>> problems(List<Problem> problems) {
        return problems.stream().map(ReceiptJson::problem).toList();
    }

    private static Map<String, Object> problem(Problem problem) {
        return new ReceiptJson()
                .put("code", problem.code().name())
                .put("line", problem.line() == 0 ? null : problem.line())
                .put("column", problem.column())
                .put("message", problem.message())
                .json;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }
}
