package io.segmentdrop.bench;

import io.segmentdrop.core.check.CheckReport;
import io.segmentdrop.core.check.CheckRules;
import io.segmentdrop.core.check.CsvCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The program's own check and plan of one file, in this process. */
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
            CheckReport report = CsvCheck.check(in, -1, RULES, new CsvCheck.Sinks(clean, out), Runnable::run);
            return report.rowsRead();
        }
    }
}
