package io.segmentdrop.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The same job done with libraries, one row after another: width, address and tags looked at by hand. */
final class Rival {

    private static final int WIDTH = 6;

    private long rows;

    private Rival() {}

    /** FastCSV's strings, a check by hand, nothing written. */
    static long fastCsv(Path file) throws IOException {
        Rival rival = new Rival();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord row : reader) {
                rival.take(row.getFields());
            }
        }
        return rival.rows;
    }

    /** The same, and what is right is written by FastCSV. */
    static long fastCsvToFile(Path file, Path to) throws IOException {
        Rival rival = new Rival();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file);
                CsvWriter writer =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to)) {
            for (CsvRecord row : reader) {
                List<String> fields = row.getFields();
                if (rival.take(fields)) {
                    writer.writeRecord(fields);
                }
            }
        }
        return rival.rows;
    }

    /** The same with Commons CSV, the library below camel-csv: a check by hand, and what is right is written. */
    static long commonsCsvToFile(Path file, Path to) throws IOException {
        Rival rival = new Rival();
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180);
                BufferedWriter out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            for (CSVRecord row : parser) {
                if (rival.take(row.toList())) {
                    format.printRecord(out, (Object[]) row.values());
                }
            }
        }
        return rival.rows;
    }

    /** camel-csv, one exchange for each row. */
    static long camelCsv(Path file) throws Exception {
        Rival rival = new Rival();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    CsvDataFormat csv = new CsvDataFormat();
                    csv.setLazyLoad(true);
                    from("direct:file")
                            .unmarshal(csv)
                            .split(body())
                            .streaming()
                            .process(row -> rival.take(fields(row.getMessage().getMandatoryBody(List.class))));
                }
            });
            camel.start();
            camel.createProducerTemplate().sendBody("direct:file", file.toFile());
        }
        return rival.rows;
    }

    private static List<String> fields(List<?> row) {
        return row.stream().map(String.class::cast).toList();
    }

    private boolean take(List<String> fields) {
        rows++;
        return fields.size() == WIDTH
                && isAddress(fields.getFirst())
                && fields.getLast().length() < 255;
    }

    private static boolean isAddress(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at > 64 || text.length() > 254 || text.indexOf('@', at + 1) > 0 || text.indexOf('.', at) < 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == ',' || c == '"' || (c == '.' && (i == 0 || text.charAt(i - 1) == '.'))) {
                return false;
            }
        }
        return Character.isLetter(text.charAt(text.length() - 1));
    }
}
