package io.segmentdrop.shell.ops;

import io.segmentdrop.shell.files.Home;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.routes.SettleStage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * The rejected rows of an import, as {@code routes/70-rejects.camel.yaml} shows and exports them. Promise: what is shown has no
 * value of a row, only its shape: each letter becomes {@code x}, each digit {@code 9}.
 */
public final class RejectedRows {

    /** The most rows that are shown. */
    public static final int MOST = 10;

    private static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST = 40;
    private static final int OURS = 3;
    private static final int BUFFER = 1 << 16;
    private static final int PAGE = 100;

    /** The variable that holds the stream to which {@code rejects-export} writes. */
    static final String EXPORTED_TO = "exportedTo";

    private final Home home;

    public RejectedRows(Home home) {
        this.home = home;
    }

    /**
     * What is shown.
     *
     * @param columns the CSV's own, then {@code _line}, {@code _code}, {@code _reason}; empty if there is nothing to show
     * @param rows the values of the CSV's own columns are masked
     */
    public record Shown(List<String> columns, List<List<String>> rows) {

        static final Shown NOTHING = new Shown(List.of(), List.of());

        public Shown {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Sends an import through the route. */
    public static Shown of(ImportRow row, ProducerTemplate camel) {
        boolean any = row.rowsRejected() > 0;
        return any && camel.requestBody("direct:rejects", row) instanceof Shown shown ? shown : Shown.NOTHING;
    }

    /** Whether there is anything to export. */
    boolean areThere(ImportRow row) {
        return Files.isRegularFile(file(row), LinkOption.NOFOLLOW_LINKS);
    }

    private Path file(ImportRow row) {
        Path folder = row.settled() ? SettleStage.place(home, row) : home.work(row.id());
        return folder.resolve(Home.REJECTS);
    }

    /** All rejected rows, as they were. */
    public InputStream whole(@Body ImportRow row) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file(row), LinkOption.NOFOLLOW_LINKS), BUFFER);
    }

    /** Rows in pages, so that many cost one step of the route and flat memory. */
    public Iterator<List<List<String>>> pages(@Body Iterator<List<String>> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<List<String>> next() {
                List<List<String>> page = new ArrayList<>();
                do {
                    page.add(rows.next());
                } while (rows.hasNext() && page.size() < PAGE);
                return page;
            }
        };
    }

    /** Hands a page of rows on to whoever asked for them. */
    public void write(Exchange exchange) throws IOException {
        OutputStream to = Objects.requireNonNull(exchange.getVariable(EXPORTED_TO, OutputStream.class));
        to.write(exchange.getMessage().getBody(byte[].class));
    }

    /** The first lines of the rejects; empty if there are none. */
    public String head(@Body ImportRow row) throws IOException {
        Path file = file(row);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return text.length() < MOST_BYTES / 4 ? text : text.substring(0, text.lastIndexOf('\n') + 1);
        }
    }

    /** Reads no further than it shows. */
    public Shown mask(@Body Iterator<List<String>> rows) {
        if (!rows.hasNext()) {
            return Shown.NOTHING;
        }
        List<String> columns = rows.next();
        List<List<String>> shown = new ArrayList<>();
        while (rows.hasNext() && shown.size() < MOST) {
            shown.add(masked(rows.next()));
        }
        return new Shown(columns, shown);
    }

    private static List<String> masked(List<String> row) {
        List<String> masked = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            masked.add(i < row.size() - OURS ? masked(row.get(i)) : row.get(i));
        }
        return masked;
    }

    static String masked(String value) {
        StringBuilder shape = new StringBuilder();
        value.codePoints().limit(LONGEST).forEach(c -> shape.append(shape(c)));
        return value.codePointCount(0, value.length()) > LONGEST
                ? shape.append('…').toString()
                : shape.toString();
    }

    private static char shape(int c) {
        if (Character.isDigit(c)) {
            return '9';
        }
        return c > ' ' && c < 0x7f && !Character.isLetter(c) ? (char) c : c == ' ' ? ' ' : 'x';
    }
}
