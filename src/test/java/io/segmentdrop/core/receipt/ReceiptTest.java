package io.segmentdrop.core.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.send.Answer;
import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import io.segmentdrop.core.sidecar.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptTest {

    private static final String ID = "01JD000000000000000000000A";
    private static final Instant RECEIVED = Instant.parse("2026-11-21T09:59:58Z");
    private static final Instant FINISHED = Instant.parse("2026-11-21T10:00:04.999999Z");

    @Test
    void tellsOfADelivery() throws IOException {
        Map<Key, Object> values = new EnumMap<>(Key.class);
        values.put(Key.SEGMENT, new SegmentRef.Id(100789));
        values.put(Key.CLEAR, false);
        values.put(Key.ACTIVE_STATUS, ActiveStatus.LEAD);
        values.put(Key.SUBSCRIPTION_ACTION, SubscriptionAction.CREATE_ONLY);
        values.put(Key.TAGS_TO_ADD, List.of(3L, 1L));
        values.put(Key.SUBSCRIPTION_OPTIONS, new TreeMap<>(Map.of("auto_renews", true)));
        values.put(Key.COLUMNS, new LinkedHashMap<>(Map.of("E-mail", "email")));
        values.put(Key.BYTES, 61234L);
        Receipt receipt = new Receipt(
                ID,
                "acme",
                "vips.csv",
                "0".repeat(64),
                ImportState.DELIVERED,
                null,
                100789L,
                options(values, Set.of(Key.CLEAR, Key.COLUMNS)),
                new Receipt.Rows(1000, 998, 2),
                List.of(
                        new Receipt.Chunk(
                                1, 600, 41234, ChunkState.ACCEPTED, 2, Instant.parse("2026-11-21T10:00:03.12Z")),
                        new Receipt.Chunk(
                                2, 398, 20000, ChunkState.ACCEPTED, 1, Instant.parse("2026-11-21T10:00:04Z"))),
                List.of(
                        new Problem(Code.CSV_ROW_SHORT, 203, null, "expected 3 fields, found 2"),
                        new Problem(Code.EMAIL_INVALID, 17, "email", "expected one address, found a text without @")),
                2,
                List.of(Problem.of(Code.CSV_BOM, Code.CSV_BOM.meaning())),
                "vips.csv.rejects.csv",
                RECEIVED,
                FINISHED,
                "01JC000000000000000000000Z");

        assertThat(json(receipt.toMap())).isEqualTo(expected("delivered.json"));
    }

    @Test
    void tellsWhatIsKnownAtFirst() throws IOException {
        assertThat(json(receipt(ImportState.TAKEN, null, null, null).toMap())).isEqualTo(expected("received.json"));
    }

    @Test
    void tellsWhyADeadLetterIsOne() throws IOException {
        Map<Key, Object> values = new EnumMap<>(Key.class);
        values.put(
                Key.SEGMENT, new SegmentRef.Create("VIPs", "our best", 7, Suppression.MD5, 9L, "https://example.com/"));
        values.put(Key.CLEAR, true);
        values.put(Key.ACTIVE_STATUS, ActiveStatus.ACTIVE);
        values.put(Key.SUPPRESSION, Suppression.MD5);
        Receipt receipt = new Receipt(
                ID,
                "acme",
                "vips.csv",
                "0".repeat(64),
                ImportState.UNDELIVERABLE,
                new Receipt.Cause(Code.API_REFUSED, "expected 201, found 422"),
                100789L,
                options(values, Set.of(Key.SUPPRESSION)),
                new Receipt.Rows(10, 0, 0),
                List.of(new Receipt.Chunk(1, 10, 400, ChunkState.REFUSED, 0, null)),
                List.of(),
                0,
                List.of(),
                null,
                RECEIVED,
                FINISHED,
                null);

        assertThat(json(receipt.reason(new Answer(422, "{\"message\":\"no such action\"}"))))
                .isEqualTo(expected("reason.json"));
        assertThat(receipt.reason(null)).isEqualTo(receipt.toMap()).doesNotContainKey("answer");
    }

    @Test
    void aReasonNeedsACause() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> receipt(ImportState.DISCARDED, null, null, null).reason(Answer.NONE))
                .withMessage("expected a cause of the dead letter " + ID);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "TAKEN | - | - | - | the pair is checked next; you need do nothing, and this receipt will say more",
                "READY | - | 9 0 0 | - | it is sent when its turn comes; you need do nothing",
                "READY | API_OUTAGE | 9 0 0 | - | sending waits, since the API is down or cannot be reached; it goes"
                        + " on by itself when that is mended, and you need do nothing",
                "HELD | API_IN_DOUBT | 9 0 0 | - | operations look into it; you need do nothing, and please do not"
                        + " drop the file again meanwhile",
                "DELIVERED | - | 9 9 0 | - | nothing",
                "DELIVERED | - | 9 8 1 | - | the other rows were accepted; mend the refused ones and drop them as a"
                        + " new pair",
                "REJECTED | - | - | - | nothing was sent; mend what the problems name, then drop vips.csv and its"
                        + " sidecar again",
                "REJECTED | SIDE_CLEAR_REQUIRED | - | - | nothing was sent; say true (empty the segment first) or"
                        + " false, then drop vips.csv and its sidecar again",
                "REJECTED | SIDE_MISSING | - | - | nothing was sent; drop the sidecar and the CSV again",
                "REJECTED | CSV_TOO_MANY_BAD_ROWS | 9 0 5 | vips.csv.rejects.csv | nothing was sent;"
                    + " vips.csv.rejects.csv names the refused rows and why; mend them in vips.csv, then drop vips.csv"
                    + " and its sidecar again",
                "REJECTED | CLEAR_WITH_REJECTED_ROWS | 9 0 1 | vips.csv.rejects.csv | nothing was sent;"
                    + " vips.csv.rejects.csv names the refused rows and why; mend them in vips.csv, then drop vips.csv"
                    + " and its sidecar again",
                "REJECTED | CSV_UNCLOSED_QUOTE | 9 0 1 | vips.csv.rejects.csv | nothing was sent; upload it whole;"
                        + " close the quote, then drop vips.csv and its sidecar again",
                "UNDELIVERABLE | API_REFUSED | 9 4 0 | - | 4 of 9 rows were accepted; do not drop the file again:"
                        + " operations look into it and send the rest",
                "UNDELIVERABLE | GAVE_UP | 9 0 0 | - | operations send it again when the cause is mended; you need do"
                        + " nothing",
                "DUPLICATE | DUPLICATE_CONTENT | - | - | nothing; it was delivered before and was not sent again",
                "CHECKED | - | 9 0 0 | - | nothing was sent, since dryRun is true; drop it without dryRun to import it",
                "CHECKED | - | 9 0 1 | - | nothing was sent, since dryRun is true; some rows would be refused: mend"
                        + " them, then drop it without dryRun to import it",
                "DISCARDED | DISCARDED_BY_PERSON | - | - | operations ended it; ask them before you drop the file"
                        + " again",
            })
    void saysWhatComesNext(
            ImportState state, @Nullable Code code, @Nullable String rows, @Nullable String rejects, String next) {
        assertThat(receipt(state, code, rows, rejects).next()).isEqualTo(next);
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultHasANextStepInOneSentence(Code code) {
        String next = receipt(ImportState.REJECTED, code, null, null).next();

        assertThat(next).startsWith("nothing was sent; ").doesNotEndWith(".").doesNotContain("  ");
        assertThat(next.split("drop vips.csv", -1)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void showsTheFirstHundredByLine() {
        List<Problem> problems = IntStream.range(0, 150)
                .mapToObj(at -> new Problem(Code.EMAIL_INVALID, 200 - at, "email", "expected an address"))
                .toList();
        Receipt receipt = new Receipt(
                ID,
                "acme",
                "vips.csv",
                null,
                ImportState.TAKEN,
                null,
                null,
                null,
                null,
                List.of(),
                problems,
                1234,
                List.of(),
                null,
                RECEIVED,
                null,
                null);

        assertThat(receipt.problems()).hasSize(100);
        assertThat(receipt.problems().getFirst().line()).isEqualTo(51);
        assertThat(receipt.toMap()).containsEntry("problemsShown", 100).containsEntry("problemsTotal", 1234L);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Receipt(
                        ID,
                        "acme",
                        "vips.csv",
                        null,
                        ImportState.DELIVERED,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        0,
                        List.of(),
                        null,
                        RECEIVED,
                        null,
                        null))
                .withMessage("expected finishedAt with a final state and with no other, found DELIVERED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Receipt(
                        ID,
                        "acme",
                        "vips.csv",
                        null,
                        ImportState.TAKEN,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Problem.of(Code.CSV_EMPTY, "empty")),
                        0,
                        List.of(),
                        null,
                        RECEIVED,
                        null,
                        null))
                .withMessage("expected at least 1 problems in all, found 0");
    }

    private static Receipt receipt(
            ImportState state, @Nullable Code code, @Nullable String rows, @Nullable String rejects) {
        return new Receipt(
                ID,
                "acme",
                "vips.csv",
                null,
                state,
                code == null ? null : new Receipt.Cause(code, code.meaning()),
                null,
                null,
                rows == null ? null : rows(rows),
                List.of(),
                List.of(),
                0,
                List.of(),
                rejects,
                RECEIVED,
                state.isFinal() ? FINISHED : null,
                null);
    }

    private static Receipt.Rows rows(String words) {
        String[] counts = words.split(" ", -1);
        return new Receipt.Rows(Long.parseLong(counts[0]), Long.parseLong(counts[1]), Long.parseLong(counts[2]));
    }

    private static Options options(Map<Key, Object> values, Set<Key> fromDrop) {
        Map<Key, Origin> from = new EnumMap<>(Key.class);
        values.keySet().forEach(key -> from.put(key, fromDrop.contains(key) ? Origin.DROP : Origin.SIDECAR));
        return new Options(new Settings(values), from);
    }

    private static String json(Map<String, Object> map) throws IOException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(map);
    }

    private static String expected(String name) throws IOException {
        try (InputStream in = ReceiptTest.class.getResourceAsStream("/catalogue/receipts/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
