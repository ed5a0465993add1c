package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.FaultySftp;
import io.segmentdrop.testkit.FaultySftp.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A server whose listing lies: CVE-2026-79983 and its relatives. No name of it becomes a path, here or there. */
@Isolated("the heap is measured, which others fill")
class HostileListingTest {

    private static final List<String> HOSTILE = List.of(
            "a/../../outside/x.csv",
            "../outside.csv",
            "/etc/passwd.csv",
            "C:\\x.csv",
            "..\\x.csv",
            "sub/x.csv",
            "line\r\nbreak.csv",
            "nul\u0000.csv",
            "red\u001b[31m.csv",
            "list\u202evsc.csv",
            "x".repeat(4096) + ".csv",
            "aux.csv",
            "..",
            ".",
            "../receipts/x.csv.receipt.json");

    @TempDir
    Path folder;

    private final StandInApi api =
            StandInApi.start(new StandInApi.Setup(0, "key", io.segmentdrop.sandbox.Members.KEPT));
    private FaultySftp server;
    private Path out;
    private SftpRig rig;

    @BeforeEach
    void start() throws IOException {
        server = FaultySftp.start(folder.resolve("server"));
        out = Files.createDirectories(server.root().resolve("out"));
        rig = new SftpRig(folder, api, server);
        String csv = Dropper.csv("good", 1);
        new Dropper(out).pair("good.csv", csv, Dropper.proving(1, csv));
    }

    @AfterEach
    void stop() {
        rig.close();
        server.close();
        api.close();
    }

    @Test
    void hostile_names_are_shown_and_never_used() throws IOException {
        Path outside = Files.createDirectories(server.root().resolve("outside"));
        Files.writeString(outside.resolve("x.csv"), "email\n");
        List<String> sidecars = HOSTILE.stream()
                .filter(name -> name.endsWith(".csv"))
                .map(name -> name + ".json")
                .toList();
        server.lists(Stream.concat(HOSTILE.stream(), sidecars.stream()).toList());

        rig.settle().later();

        assertThat(rig.imports())
                .singleElement()
                .satisfies(row -> assertThat(row.fileName()).isEqualTo("good.csv"));
        assertThat(server.asked(At.READ))
                .as("reads: the good pair alone, its sidecar twice, each on to its end")
                .isBetween(2, 9);
        assertThat(server.asked(At.REMOVE))
                .as("its two files, and the receipts' temporary name")
                .isBetween(2, 8);
        assertThat(outside.resolve("x.csv")).exists();
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("outside") || name.contains("xxxx"));
        }
        assertThat(rig.sight().waiting()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.why().name()).startsWith("NAME_");
            assertThat(one.name().chars()).noneMatch(Character::isISOControl);
            assertThat(one.name().length()).isLessThanOrEqualTo(255);
        });
    }

    @Test
    void a_million_entries_neither_fill_the_memory_nor_hide_what_is_good() {
        server.lists(() -> IntStream.range(0, 1_000_000)
                .mapToObj(i -> i % 2 == 0 ? "n" + i + ".txt" : "a/../../" + i + ".csv")
                .iterator());
        System.gc();
        long before = used();

        rig.round();
        System.gc();

        assertThat(used() - before).as("bytes kept").isLessThan(20L << 20);
        assertThat(rig.sight().closed()).isNull();
        assertThat(rig.sight().waiting()).hasSize(SftpWatch.SHOWN);
        assertThat(rig.sight().ignored()).isEqualTo(1_000_000 - SftpWatch.SHOWN);
        server.behaves();
        rig.later();
        assertThat(rig.imports()).hasSize(1);
    }

    @Test
    void more_files_than_are_looked_at_are_told_and_none_is_refused_for_what_was_not_seen() {
        server.lists(() -> IntStream.range(0, SftpWatch.MOST + 500)
                .mapToObj(i -> "n" + i + ".csv")
                .iterator());

        rig.round();
        rig.clock().advance(java.time.Duration.ofHours(25));
        rig.round();

        assertThat(rig.board().notes("acme"))
                .singleElement()
                .satisfies(note ->
                        assertThat(note.code()).isEqualTo(io.segmentdrop.core.problem.Code.SRC_TOO_MANY_ENTRIES));
        assertThat(server.asked(At.READ)).isZero();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
