package io.segmentdrop.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Files to measure with, always the same ones: six columns, about 70 bytes a row, one row in five with a quoted list of
 * tags, one in fifty with a doubled quote, a line break or letters beyond ASCII.
 */
enum BenchFile {
    /** No row has a fault. */
    CLEAN(0),
    /** One row in fifty has an address that is none. */
    DIRTY(50),
    /** Every row has. */
    FAULTS(1);

    private static final String[] NAMES = {"Ann", "Bob", "Annabelle", "Christopher", "Dora", "Emil", "Josephine"};
    private static final String[] CITIES = {"Springfield", "Berlin", "Oslo", "New York", "San Francisco"};
    private static final String[] UNUSUAL = {"\"An \"\"B\"\"\"", "\"two\nlines\"", "Ren\u00e9e"};

    private final int oneFaultIn;

    BenchFile(int oneFaultIn) {
        this.oneFaultIn = oneFaultIn;
    }

    /** Writes the file; so many bytes, and the rest of the last row. */
    Path write(Path folder, long bytes) throws IOException {
        Path file = folder.resolve(name().toLowerCase(Locale.ROOT) + ".csv");
        Random random = new Random(7);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            byte[] row = "email,varr_firstname,varr_city,varr_zip,varr_plan,tag-add\n".getBytes(StandardCharsets.UTF_8);
            for (long written = 0; written < bytes; written += row.length) {
                out.write(row);
                row = row(random).getBytes(StandardCharsets.UTF_8);
            }
        }
        return file;
    }

    private String row(Random random) {
        String name = NAMES[random.nextInt(NAMES.length)];
        boolean isFaulty = oneFaultIn > 0 && random.nextInt(oneFaultIn) == 0;
        String domain = random.nextBoolean() ? "example.com" : "mail-" + random.nextInt(9) + ".example.co.uk";
        String address =
                name.toLowerCase(Locale.ROOT) + "." + random.nextInt(10_000_000) + (isFaulty ? "" : "@") + domain;
        String first = random.nextInt(50) == 0 ? UNUSUAL[random.nextInt(UNUSUAL.length)] : name;
        String tags = random.nextInt(5) == 0 ? "\"VIP,News " + random.nextInt(10) + "\"" : "VIP";
        return address + "," + first + "," + CITIES[random.nextInt(CITIES.length)] + ","
                + (10_000 + random.nextInt(90_000)) + ",gold," + tags + "\n";
    }
}
