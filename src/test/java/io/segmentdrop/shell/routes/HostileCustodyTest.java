package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.health.DropBoard;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.NoFile;
import io.segmentdrop.testkit.Pair;
import io.segmentdrop.testkit.ReceiptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs that turn into something else while they are taken: as many as there are threads that check. Their neighbour goes on. */
@NullUnmarked
@NeedsProgram(NoFile.MKFIFO)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileCustodyTest {

    private static final int MANY = 6;

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    private Rig.Setup setup() {
        return Rig.Setup.of(temporary, api);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Path drop() {
        return setup().drops().get("acme");
    }

    private static String name(int i) {
        return "hostile-" + i + ".csv";
    }

    /** Those of the hostile sender, and the neighbour's, all to one segment: nobody blocks the lane. */
    private void dropAll() {
        Pair.drop(
                drop(),
                IntStream.rangeClosed(0, MANY)
                        .mapToObj(i -> i < MANY
                                ? Pair.adds(name(i), 1, "h" + i + "@example.com")
                                : Pair.adds("neighbour.csv", 1, "n@example.com"))
                        .toList());
    }

    /** A disk on which what a sender named is exchanged right before it is taken. */
    private static Disk exchanging(String suffix, Consumer<Path> exchange) {
        return new Disk() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                String name = String.valueOf(from.getFileName());
                if (name.startsWith("hostile-") && name.endsWith(suffix)) {
                    exchange.accept(from);
                }
                super.rename(from, to);
            }
        };
    }

    private void assertSettled(Rig rig, Code code) {
        ReceiptReader receipts = new ReceiptReader(drop());
        for (int i = 0; i < MANY; i++) {
            ImportRow row = rig.row(name(i));
            assertThat(row.state()).isEqualTo(ImportState.REJECTED);
            assertThat(row.code()).isEqualTo(code);
            assertThat(row.settled()).isTrue();
            assertThat(receipts.end(name(i)).path("problems").findValuesAsText("code"))
                    .containsExactly(code.name());
        }
        assertThat(rig.row("neighbour.csv").state()).isEqualTo(ImportState.DELIVERED);
        assertThat(api.account().members(1)).containsOnlyKeys("n@example.com");
    }

    /** Health names the drop for some minutes, and no longer. */
    private static void assertShown(Rig rig, Code code) {
        rig.scan();
        assertThat(rig.board().notes("acme")).extracting(DropBoard.Note::code).containsExactly(code);
        assertThat(rig.board().notes("acme").getFirst().reason()).contains("found " + MANY + " that were exchanged");
        rig.clock().advance(Duration.ofMinutes(11));
        rig.scan();
        assertThat(rig.board().notes("acme")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_csv_that_is_exchanged_before_its_take(NoFile kind) {
        dropAll();
        try (Rig rig = Rig.start(setup().disk(exchanging(".csv", kind::at)))) {
            rig.run();
            assertSettled(rig, Code.NAME_NOT_REGULAR_FILE);
            assertShown(rig, Code.NAME_NOT_REGULAR_FILE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sidecar_that_is_exchanged_before_its_take(NoFile kind) {
        dropAll();
        try (Rig rig = Rig.start(setup().disk(exchanging(".json", kind::at)))) {
            rig.run();
            assertSettled(rig, Code.NAME_NOT_REGULAR_FILE);
        }
    }

    @Test
    void a_csv_that_grows_before_its_take() {
        dropAll();
        try (Rig rig = Rig.start(setup().disk(exchanging(".csv", HostileCustodyTest::append)))) {
            rig.run();
            assertSettled(rig, Code.SRC_CHANGED);
            assertShown(rig, Code.SRC_CHANGED);
        }
    }

    /** Root, as whom tests may run, is never denied anything; what is denied for good, tests {@code RightsIT}. */
    @Test
    void a_csv_that_could_not_be_read_when_it_was_taken_goes_on_when_it_can() {
        dropAll();
        Disk disk = new Disk() {
            @Override
            public void forceFile(Path file) throws IOException {
                if (file.endsWith(Home.SOURCE) && Files.readString(file).contains("hostile")) {
                    throw new AccessDeniedException(file.toString());
                }
                super.forceFile(file);
            }
        };
        try (Rig rig = Rig.start(setup().disk(disk))) {
            rig.run();
            for (int i = 0; i < MANY; i++) {
                assertThat(rig.row(name(i)).state()).isEqualTo(ImportState.DELIVERED);
            }
        }
    }

    @Test
    void a_csv_that_gets_a_second_name_before_its_take() {
        dropAll();
        try (Rig rig = Rig.start(setup().disk(exchanging(".csv", file -> {
            try {
                Files.createLink(temporary.resolve(file.getFileName()), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })))) {
            rig.run();
            assertSettled(rig, Code.NAME_HARD_LINK);
        }
    }

    /** As a release before this one took them, and as nobody but root could put them there since. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PIPE source.csv",
                "LINK source.csv",
                "LINK_TO_A_PIPE source.csv",
                "PIPE sidecar.json",
                "LINK sidecar.json",
                "FOLDER sidecar.json"
            })
    void what_lies_in_custody_after_a_restart(String what) {
        NoFile kind = NoFile.valueOf(what.split(" ", 2)[0]);
        dropAll();
        List<Path> works;
        try (Rig rig = Rig.start(setup())) {
            rig.scan();
            works = IntStream.range(0, MANY)
                    .mapToObj(
                            i -> new Home(setup().home()).work(rig.row(name(i)).id()))
                    .toList();
        }
        works.forEach(work -> kind.at(work.resolve(what.split(" ", 2)[1])));

        try (Rig rig = Rig.start(setup())) {
            rig.run();
            assertSettled(rig, Code.NAME_NOT_REGULAR_FILE);
        }
    }

    /** The sender still has the file open, although it has no name in the drop any more. */
    @Test
    void a_csv_that_is_written_to_while_it_is_checked() {
        dropAll();
        Disk disk = new Disk() {
            @Override
            public void remove(Path file) throws IOException {
                super.remove(file);
                // the check removes what an earlier one left, right before it reads
                Path source = file.resolveSibling(Home.SOURCE);
                if (file.endsWith(Home.REJECTS) && Files.readString(source).contains("hostile")) {
                    append(source);
                }
            }
        };
        try (Rig rig = Rig.start(setup().disk(disk))) {
            rig.run();
            assertSettled(rig, Code.SRC_CHANGED);
        }
    }

    private static void append(Path file) {
        try (FileChannel more = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            more.write(StandardCharsets.UTF_8.encode("more@example.com,x\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
