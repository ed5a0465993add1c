package io.segmentdrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a careful person would write with a shell and curl, against the same sink. */
record Shell(Sink sink) {

    /** As much of a check as fits into a line of awk. */
    static final String FAULTS = "NF < 6 || $1 !~ /@/ { n++ } END { print n }";

    private static final String CURL = "curl -sf -o /dev/null -H Expect: -H 'Authorization: Bearer key' -F clear=0 -F";

    /** Looks at the file with awk, then sends it whole. */
    long awkAndOneCurl(Path file) throws IOException, InterruptedException {
        return accepted("awk -F, '" + FAULTS + "' \"$1\" > /dev/null; " + CURL + " \"file=@$1\" \"$2\"", file);
    }

    /** Cuts the file into chunks of as many rows as ours, and sends each with a curl of its own. */
    long splitAndCurls(Path file) throws IOException, InterruptedException {
        return accepted(
                "split -l 100000 \"$1\" \"$1.part-\"; for part in \"$1\".part-*; do " + CURL
                        + " \"file=@$part\" \"$2\" || exit 1; done; rm \"$1\".part-*",
                file);
    }

    /** Sends each CSV of a folder, one after the other. */
    long loop(Path folder) throws IOException, InterruptedException {
        return accepted("for csv in \"$1\"/*.csv; do " + CURL + " \"file=@$csv\" \"$2\" || exit 1; done", folder);
    }

    /** Runs the script with the path and the sink's address; answers how many requests were accepted meanwhile. */
    private long accepted(String script, Path path) throws IOException, InterruptedException {
        long before = sink.accepted();
        run(List.of("sh", "-c", script, "sh", path.toString(), sink.imports(1).toString()));
        return sink.accepted() - before;
    }

    /** Runs a program that must end well. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("bench", ".said");
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(said));
        }
        Files.delete(said);
    }
}
