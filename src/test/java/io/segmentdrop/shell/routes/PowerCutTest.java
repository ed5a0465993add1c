package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.Calls;
import io.segmentdrop.testkit.CountedDisk;
import io.segmentdrop.testkit.CountedLedger;
import io.segmentdrop.testkit.Pair;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves depends on the order of the calls: bytes and names are forced before the ledger relies on them, and the ledger comes before whatever cannot be taken back. The trace of one import's calls
 * is asserted whole.
 */
@NullUnmarked
class PowerCutTest {

    @TempDir
    private Path temporary;

    private final StandInApi api = StandInApi.start(StandInApi.Setup.withKey("key"));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void the_order_of_a_delivered_import() {
        assertThat(trace(Pair.adds("vips.csv", 1, "a@example.com"), new Traced(false)))
                .containsExactly(
                        "ledger: insert drop_folder",
                        "ledger: commit",
                        "ledger: insert import",
                        "ledger: commit",
                        "disk: make folders in work",
                        "disk: force folder work",
                        "disk: rename vips.csv to source.csv",
                        "disk: force file source.csv",
                        "disk: rename vips.csv.json to sidecar.json",
                        "disk: force file sidecar.json",
                        "disk: force folder ID",
                        "disk: create take.json",
                        "disk: write take.json",
                        "disk: force folder acme",
                        "ledger: update import",
                        "ledger: insert event",
                        "ledger: commit",
                        "ledger: update import",
                        "ledger: commit",
                        "ledger: update import",
                        "ledger: update import",
                        "ledger: insert chunk",
                        "ledger: update import",
                        "ledger: insert event",
                        "ledger: commit",
                        "ledger: update chunk",
                        "ledger: insert attempt",
                        "ledger: commit",
                        "api: request",
                        "ledger: update attempt",
                        "ledger: update chunk",
                        "ledger: update import",
                        "ledger: insert event",
                        "ledger: commit",
                        "disk: create manifest.json",
                        "disk: write manifest.json",
                        "disk: force file manifest.json",
                        "disk: remove take.json",
                        "disk: force folder ID",
                        "disk: make folder 2026-03-01",
                        "disk: make folder acme",
                        "disk: force folder archive",
                        "disk: force folder acme",
                        "disk: rename ID to ID",
                        "disk: force folder 2026-03-01",
                        "disk: force folder work",
                        "disk: force folder acme",
                        "disk: force folder receipts",
                        "ledger: update import",
                        "ledger: commit");
    }

    /** What is shared is forced before the one commit that relies on it; what is of one pair alone, for each. */
    @Test
    void pairs_that_are_taken_together_share_the_forces_of_the_folders_they_share() {
        List<String> trace = trace(
                List.of(Pair.adds("a.csv", 1, "a@example.com"), Pair.adds("b.csv", 2, "b@example.com")),
                new Traced(false));
        assertThat(trace.subList(0, trace.lastIndexOf("disk: force folder acme")))
                .startsWith(
                        "ledger: insert drop_folder",
                        "ledger: commit",
                        "ledger: insert import",
                        "ledger: insert import",
                        "ledger: commit",
                        "disk: make folders in work",
                        "disk: force folder work",
                        "disk: rename a.csv to source.csv",
                        "disk: force file source.csv",
                        "disk: rename a.csv.json to sidecar.json",
                        "disk: force file sidecar.json",
                        "disk: force folder ID",
                        "disk: create take.json",
                        "disk: write take.json",
                        "disk: rename b.csv to source.csv",
                        "disk: force file source.csv",
                        "disk: rename b.csv.json to sidecar.json",
                        "disk: force file sidecar.json",
                        "disk: force folder ID",
                        "disk: create take.json",
                        "disk: write take.json",
                        "disk: force folder acme",
                        "ledger: update import",
                        "ledger: insert event",
                        "ledger: update import",
                        "ledger: insert event",
                        "ledger: commit");
    }

    @Test
    void a_clean_file_is_durable_before_the_plan_that_names_its_rows() {
        assertThat(trace(Pair.adds("vips.csv", 1, " a@example.com"), new Traced(false)))
                .containsSubsequence(
                        "disk: create clean.csv",
                        "disk: write clean.csv",
                        "disk: force file clean.csv",
                        "disk: force folder ID",
                        "ledger: insert chunk",
                        "ledger: commit");
    }

    @Test
    void a_dead_letter_has_its_reason_before_it_moves() {
        List<String> trace = trace(Pair.broken("vips.csv", 1, "a@example.com"), new Traced(false));
        assertThat(trace)
                .containsSubsequence(
                        "disk: create manifest.json",
                        "disk: write manifest.json",
                        "disk: force file manifest.json",
                        "disk: create reason.json",
                        "disk: write reason.json",
                        "disk: force file reason.json",
                        "disk: force folder ID",
                        "disk: rename ID to ID",
                        "disk: force folder acme",
                        "disk: force folder work",
                        "disk: force folder receipts",
                        "ledger: update import",
                        "ledger: commit");
    }

    @Test
    void between_file_systems_the_original_goes_last() {
        List<String> trace = trace(Pair.adds("vips.csv", 1, "a@example.com"), new Traced(true));
        assertThat(trace.subList(
                        trace.indexOf("disk: rename vips.csv to source.csv"),
                        trace.indexOf("disk: remove vips.csv.json") + 3))
                .containsExactly(
                        "disk: rename vips.csv to source.csv",
                        "disk: create .source.csv.part",
                        "disk: write .source.csv.part",
                        "disk: force file .source.csv.part",
                        "disk: rename .source.csv.part to source.csv",
                        "disk: force folder ID",
                        "disk: remove vips.csv",
                        "disk: rename vips.csv.json to sidecar.json",
                        "disk: create .sidecar.json.part",
                        "disk: write .sidecar.json.part",
                        "disk: force file .sidecar.json.part",
                        "disk: rename .sidecar.json.part to sidecar.json",
                        "disk: force folder ID",
                        "disk: remove vips.csv.json",
                        "disk: force folder ID",
                        "disk: create take.json");
    }

    /** What was called from the first scan on, reads left out. */
    private List<String> trace(Pair pair, Traced traced) {
        return trace(List.of(pair), traced);
    }

    private List<String> trace(List<Pair> pairs, Traced traced) {
        Rig.Setup setup = Rig.Setup.of(temporary, api)
                .disk(traced)
                .ledger(source -> CountedLedger.of(source, traced.calls))
                .calls(traced.calls);
        try (Rig rig = Rig.start(setup)) {
            int before = traced.calls.names().size();
            Pair.drop(setup.drops().get("acme"), pairs);
            rig.scan();
            rig.check();
            rig.sendOne();
            rig.drain(Duration.ofSeconds(10));
            List<String> all = traced.calls.names();
            return withoutReads(all.subList(before, all.size()));
        }
    }

    /** Reads, and the commits of transactions that only read, change nothing. */
    private static List<String> withoutReads(List<String> calls) {
        List<String> writes = new ArrayList<>();
        boolean isOpen = false;
        for (String call : calls) {
            boolean isCommit = call.equals("ledger: commit");
            boolean isRead = call.equals("ledger: select") || call.equals("ledger: pragma") || (isCommit && !isOpen);
            if (!isRead) {
                writes.add(call);
                isOpen = call.startsWith("ledger: ") ? !isCommit : isOpen;
            }
        }
        return writes;
    }

    private static final class Traced extends io.segmentdrop.shell.files.Disk {

        private final Calls calls = Calls.all();
        private final CountedDisk disk = new CountedDisk(calls);
        private final boolean isElsewhere;

        Traced(boolean isElsewhere) {
            this.isElsewhere = isElsewhere;
        }

        @Override
        public void makeFolder(Path folder) throws IOException {
            disk.makeFolder(folder);
        }

        @Override
        public void makeFolders(Path above, List<Path> folders) throws IOException {
            disk.makeFolders(above, folders);
        }

        @Override
        public void forceFile(Path file) throws IOException {
            disk.forceFile(file);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            disk.forceFolder(folder);
        }

        @Override
        public java.io.OutputStream create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public void remove(Path file) throws IOException {
            disk.remove(file);
        }

        @Override
        public void replace(Path file, byte[] bytes) throws IOException {
            disk.replace(file, bytes);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (isElsewhere && from.getParent() != null && from.getParent().endsWith("acme")) {
                calls.count("disk: rename " + from.getFileName() + " to " + to.getFileName());
                throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "Invalid cross-device link");
            }
            disk.rename(from, to);
        }
    }
}
