package io.segmentdrop.core.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operations read. */
class NoticeTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Notice rejected(long count, String file) {
        return new Notice(
                News.IMPORT_REJECTED,
                "acme",
                null,
                Code.CSV_NOT_UTF8,
                count,
                NOON,
                NOON.plusSeconds(60),
                "01A",
                file,
                "found byte 0xE9 in line 3",
                "segment-drop");
    }

    private static Notice gate(News news, Code code) {
        return new Notice(news, null, "api", code, 1, NOON, NOON, null, null, "the API is down", "segment-drop");
    }

    @Test
    void oneImportIsNamed() {
        assertThat(rejected(1, "vips.csv").text())
                .isEqualTo("Drop acme: vips.csv (import 01A) is rejected with CSV_NOT_UTF8: found byte 0xE9 in line 3."
                        + " Next: nothing; the sender has a receipt that says what to mend.");
    }

    @Test
    void severalAreCounted() {
        assertThat(rejected(12, "vips.csv").text())
                .startsWith("Drop acme: 12 imports are rejected with CSV_NOT_UTF8 since 2026-11-20T12:00:00Z, the last"
                        + " one 01A: found byte");
    }

    @Test
    void aGateSaysWhatToDo() {
        assertThat(gate(News.GATE_CLOSED, Code.CRED_REJECTED).text())
                .isEqualTo(
                        "Gate api is closed, CRED_REJECTED: the API is down. Next: everything behind it waits in order"
                                + " (renew the key; it is read again without a restart).");
    }

    @Test
    void aDropSaysWhetherItTakesFiles() {
        assertThat(drop(News.DROP_CLOSED, Code.SRC_DIR_MISSING, 1).text())
                .isEqualTo("Drop acme takes nothing, SRC_DIR_MISSING: a reason. Next: mend the cause; what is dropped"
                        + " there waits (" + Code.SRC_DIR_MISSING.remedy() + ").");
        assertThat(drop(News.DROP_OPENED, null, 3).text())
                .isEqualTo("Drop acme takes files again, for the 3. time since 2026-11-20T12:00:00Z: a reason."
                        + " Next: nothing; what waited there is taken.");
        assertThat(drop(News.DROP_CLOSED, Code.SRC_DIR_MISSING, 1).isLogged()).isTrue();
        assertThat(drop(News.DROP_OPENED, null, 1).isLogged()).isFalse();
    }

    private static Notice drop(News news, @Nullable Code code, long count) {
        return new Notice(news, "acme", null, code, count, NOON, NOON, null, null, "a reason", "segment-drop");
    }

    @Test
    void aHostileNameStaysInItsLine() {
        assertThat(rejected(1, "a\nb\u202Ec\u001B[1m.csv").text())
                .contains("a?b?c?[1m.csv")
                .doesNotContain("\n");
    }

    @Test
    void theJsonHasTheKeysOfTheReadme() {
        assertThat(rejected(2, "vips.csv").toMap())
                .containsOnlyKeys(
                        "schema", "event", "drop", "code", "count", "since", "last", "import", "file", "reason", "by",
                        "next", "text", "logged")
                .containsEntry("schema", "segment-drop/notice/1")
                .containsEntry("event", "import rejected")
                .containsEntry("count", 2L)
                .containsEntry("since", "2026-11-20T12:00:00Z")
                .containsEntry("logged", false);
    }

    @ParameterizedTest
    @EnumSource
    void everyNewsSaysWhatComesNext(News news) {
        Notice notice = new Notice(
                news, "acme", "drop:acme", Code.DROP_PAUSED, 1, NOON, NOON, "01A", "a.csv", "a reason", "alice");

        assertThat(notice.next()).isNotBlank();
        assertThat(notice.text()).contains("acme", "a reason. Next: ").endsWith(".");
    }

    @Test
    void onlyWhatNeedsALookIsNews() {
        List<ImportState> news = Arrays.stream(ImportState.values())
                .filter(state -> News.of(state).isPresent())
                .toList();

        assertThat(news).containsExactly(ImportState.HELD, ImportState.REJECTED, ImportState.UNDELIVERABLE);
    }
}
