package io.segmentdrop.bench;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CheckRules;
import io.segmentdrop.core.check.CsvCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The program's own check and plan of one file, in this process, hashes on a thread beside it as in the server. */
final class OwnCheck {

    private static final CheckRules RULES = new CheckRules(
            false,
            null,
            false,
            Map.of(),
            null,
            null,
            null,
            false,
            null,
            null,
            false,
            false,
            false,
            0.5,
            Long.MAX_VALUE,
            100_000,
            20 << 20);

    private static final Set<Long> THREADS = ConcurrentHashMap.newKeySet();
    private static final Executor HASHING = Executors.newSingleThreadExecutor(work -> {
        Thread thread = Thread.ofPlatform().daemon().unstarted(work);
        THREADS.add(thread.threadId());
        return thread;
    });

    private OwnCheck() {}

    /** Checks a file; what is written, if anything must be, goes to the other one. Answers how many rows were read. */
    static long run(Path file, Path written) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(written), 1 << 18)) {
            CsvCheck.CleanFile clean = (from, to) -> {
                try (InputStream again = Files.newInputStream(file)) {
                    again.skipNBytes(from);
                    out.write(again.readNBytes((int) (to - from)));
                }
                return out;
            };
            CheckReport report = CsvCheck.check(in, Files.size(file), RULES, new CsvCheck.Sinks(clean, out), HASHING);
            return report.rowsRead();
        }
    }

    /** The processor time that the hashes have taken until now beside the thread that checks, in nanoseconds. */
    static long hashingTime() {
        return THREADS.stream()
                .mapToLong(ManagementFactory.getThreadMXBean()::getThreadCpuTime)
                .sum();
    }
}
