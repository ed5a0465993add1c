package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read, in whole sentences: expected, found, where, and what next. */
class CsvMessageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '#', commentCharacter = '!', quoteCharacter = '~', textBlock = """
        email,varr_a\\na@b.co\\nc@d.co,x\\n # CSV_ROW_SHORT 2: expected 2 fields as in the header, found 1
        email\\na@b.co,x\\nc@d.co\\n # CSV_ROW_LONG 2: expected 1 field as in the header, found 2; put quotes around a field that holds commas
        email,\\na@b.co,x\\nc@d.co\\n # CSV_ROW_LONG 2: expected nothing under the empty last header, found a value
        email,varr_a\\na@b.co,~"a\\\\"b"~\\nc@d.co,x\\n # CSV_TEXT_AFTER_QUOTE 2: expected a comma or the line's end behind a closing quote, found text; a quote inside a field is written as two quotes, not with a backslash
        email,varr_a\\na@b.co,\\x01\\nc@d.co,x\\n # CSV_CONTROL_CHAR 2 varr_a: expected no control characters but TAB, found one
        email\\na@b\\nc@d.co\\n # EMAIL_INVALID 2 email: expected one address like name@example.com, found something else
        email,varr_a\\na@b.co,M\\xFC\\n # CSV_NOT_UTF8 2: expected UTF-8, found 0xFC at byte 22 of the file; export it as UTF-8
        \\xEF\\xBB\\xBFemail\\n\\xFF # CSV_NOT_UTF8 2: expected UTF-8, found 0xFF at byte 10 of the file; export it as UTF-8
        \\xFF\\xFEe\\x00 # CSV_NOT_UTF8 0: expected UTF-8, found UTF-16LE; export it as UTF-8
        PK\\x03\\x04 # CSV_NOT_TEXT 0: expected a CSV, found a zip archive or an Excel or OpenDocument workbook
        email,varr_a\\na@b.co,x\\x00 # CSV_NUL 2: expected text, found a NUL byte at byte 22 of the file
        email,varr_a\\na@b.co,"x\\n # CSV_UNCLOSED_QUOTE 2: expected a closing quote, found the end of the file; upload it whole, or close the quote
        email,varr_a\\na@b.co # CSV_TRUNCATED_SUSPECTED 2: expected 2 fields as in the header, found 1 and no line end; the file was probably cut, upload it whole
        email;varr_a\\n # CSV_WRONG_DELIMITER 1: expected commas between the headers, found semicolons
        varr_a,email\\n # CSV_EMAIL_NOT_FIRST 1: expected email as the first column, found it as column 2; put it first, or map it with columns in the sidecar
        E-Mail\\n # CSV_EMAIL_NOT_FIRST 1: expected email as the first column, found a like name; rename it to email, or map it with columns in the sidecar
        \\u0435mail\\n # CSV_EMAIL_NOT_FIRST 1: expected email as the first column, found a name that holds U+0435; write email in plain letters
        name\\n # CSV_EMAIL_NOT_FIRST 1: expected email as the first column, found another name
        email,tag_add\\n # CSV_HEADER_SUSPECT 1 tag_add: expected tag-add or another name, found one that looks like it
        email,<b>\\n # CSV_HEADER_INVALID 1: expected a header of a-z, 0-9, _ and -, at most 64 characters, for column 2, found U+003C, U+003E
        email,,b\\n # CSV_HEADER_EMPTY 1: expected a header for column 2, found none
        name,city,city\\n # CSV_DUPLICATE_HEADER 1: expected each header once, found this one twice
        email,a,a\\n # CSV_DUPLICATE_HEADER 1 a: expected each header once, found this one twice
        email\\na\\n # CSV_TOO_MANY_BAD_ROWS 0: expected refused rows to be at most 0.9 of all, found 1 of 1; mend them and drop the file again
        email\\n # CSV_NO_ROWS 0: expected rows to send, found none
        """)
    void saysWhatWasExpectedAndFound(String source, String expected) {
        byte[] bytes = Catalogue.unescape(source.replace("~", ""));

        assertThat(sentences(Checks.run(bytes, Checks.rules("", bytes), 64).report()))
                .contains(expected);
    }

    private static Stream<String> sentences(CheckReport report) {
        return report.problems().stream().map(CsvMessageTest::sentence);
    }

    private static String sentence(Problem problem) {
        String column = problem.column() == null ? "" : " " + problem.column();
        return problem.code() + " " + problem.line() + column + ": " + problem.message();
    }

    @Test
    void namesTheHeaderThatColumnsLooksFor() {
        byte[] bytes = Catalogue.unescape("email,a\\nx@y.co,b\\n");
        CheckRules rules = Checks.rules("columns=First Name>varr_first", bytes);

        assertThat(sentences(Checks.run(bytes, rules, 64).report()))
                .containsExactly(
                        "SIDE_BAD_COLUMNS 0 columns: expected the header \"First Name\" in the CSV, as columns says,"
                                + " found none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', commentCharacter = '!', textBlock = """
        email\\n\\na@b.co\\n\\n # CSV_BLANK_LINES 2: blank lines were skipped (2 times)
        email\\r\\na@b.co\\nc@d.co\\r\\n # CSV_MIXED_EOL 2: lines ended in different ways; they are sent with LF (1 of 3 lines end with something other than CRLF)
        email\\ra@b.co\\r # CSV_CR_EOL 1: lines ended with CR alone; they are sent with LF (2 lines)
        email,_line,_code,_reason\\na@b.co,2,EMAIL_INVALID,why\\n # CSV_REJECTS_COLUMNS 1: the columns _line, _code and _reason of a rejects file were left out
        email,name\\na@b.co,NULL\\n # CSV_NULL_LITERAL 2 name: values say NULL or the like, which is sent as text
        """)
    void countsWarnings(String source, String expected) {
        byte[] bytes = Catalogue.unescape(source);
        List<Problem> warnings =
                Checks.run(bytes, Checks.rules("", bytes), 64).report().warnings();

        assertThat(warnings.stream().map(CsvMessageTest::sentence)).contains(expected);
    }
}
