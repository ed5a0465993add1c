package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is sent means the same to readers that others wrote, whether it is written anew or sent from the source. They are no
 * judges of what may be sent: both take invalid UTF-8 and blank lines by default, and Commons CSV a quote anywhere.
 */
class OtherReadersTest {

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readTheValuesOfGoodRows(long seed) {
        CsvModel model = new CsvModel(seed);
        String sent = sent(model.text);

        assertThat(fastCsv(sent)).isEqualTo(model.good);
        assertThat(commonsCsv(sent)).isEqualTo(model.good);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreeOnWhatIsSentFromTheSource(long seed) {
        String sent = sent(new PlainModel(seed).text);

        assertThat(commonsCsv(sent)).isEqualTo(fastCsv(sent)).isEqualTo(CsvModel.parse(sent));
    }

    private static String sent(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Checks.run(bytes, Checks.rules("ratio=1", bytes), 4096).clean();
    }

    private static List<List<String>> fastCsv(String text) {
        return CsvReader.builder().skipEmptyLines(false).ofCsvRecord(text).stream()
                .map(CsvRecord::getFields)
                .toList();
    }

    private static List<List<String>> commonsCsv(String text) {
        try (CSVParser parser = CSVParser.parse(
                text, CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get())) {
            return parser.stream().map(CSVRecord::toList).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
