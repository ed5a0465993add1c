package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.Members;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.Calls.Wrong;
import io.segmentdrop.testkit.CountedDisk;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.FaultySftp;
import io.segmentdrop.testkit.Killed;
import io.segmentdrop.testkit.Oracle.Promise;
import io.segmentdrop.testkit.Oracle.Violation;
import io.segmentdrop.testkit.Torture;
import io.segmentdrop.testkit.TortureTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever call to the disk a kill strikes or fails: each pair of a server is imported once, and none is lost. */
class SftpTortureTest {

    private static final int SAMPLES = 2;
    private static final String BOTH_ONCE = "[one.csv DELIVERED, two.csv DELIVERED] on the server: [receipts]";
    private static final TortureTable TABLE = new TortureTable("disk calls of an SFTP drop");

    @TempDir
    Path temporary;

    private final StandInApi api = StandInApi.start(new StandInApi.Setup(0, "key", Members.KEPT));

    @AfterAll
    static void show() {
        TABLE.end();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void each_pair_is_imported_once_if_the_nth_call_to_the_disk_goes_wrong() throws IOException {
        Calls counted = Calls.all();
        run(temporary.resolve("counted"), counted);
        int calls = counted.names().size();
        long seed = System.nanoTime();
        for (Wrong how : Wrong.values()) {
            List<Integer> which = Torture.LONG
                    ? IntStream.rangeClosed(1, calls).boxed().toList()
                    : new Random(seed)
                            .ints(SAMPLES, 1, calls + 1)
                            .distinct()
                            .boxed()
                            .toList();
            for (int nth : which) {
                String end = run(temporary.resolve(how + "-" + nth), Calls.wrong(nth, how));
                TABLE.add(end.equals(BOTH_ONCE) ? List.of() : List.of(new Violation(Promise.NOTHING_LOST, end)));
                assertThat(end)
                        .as(
                                "call %d of %d (%s) %s, seed %d",
                                nth, calls, counted.names().get(nth - 1), how, seed)
                        .isEqualTo(BOTH_ONCE);
            }
        }
    }

    private String run(Path folder, Calls calls) throws IOException {
        try (FaultySftp server = FaultySftp.start(folder.resolve("server"))) {
            Path out = Files.createDirectories(server.root().resolve("out"));
            for (String name : List.of("one.csv", "two.csv")) {
                String csv = Dropper.csv(folder.getFileName() + name, 2);
                new Dropper(out).pair(name, csv, Dropper.proving(1, csv));
            }
            try (SftpRig rig = new SftpRig(folder, api, server, SftpRig.LIMITS, false, new CountedDisk(calls))) {
                rig.settle();
            } catch (Killed | RuntimeException e) {
                if (!calls.struck()) {
                    throw e;
                }
            }
            try (SftpRig again = new SftpRig(folder, api, server, SftpRig.LIMITS, false, new Disk())) {
                again.later().later();
                List<String> ends = again.imports().stream()
                        .map(row -> row.fileName() + " " + row.state())
                        .sorted()
                        .toList();
                try (var left = Files.list(out)) {
                    return ends + " on the server: "
                            + left.map(file -> file.getFileName().toString()).toList();
                }
            }
        }
    }
}
