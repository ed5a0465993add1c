package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {

    private static final String GOLDEN = """
        --6a1f
        Content-Disposition: form-data; name="clear"

        0
        --6a1f
        Content-Disposition: form-data; name="tagsToAdd[]"

        --6a1e
        --6a1f
        Content-Disposition: form-data; name="file"; filename="import.csv"
        Content-Type: text/csv

        email
        a@example.com

        --6a1f--
        """.replace("\n", "\r\n");

    private record Read(String name, String fileName, String type, String content) {}

    @Test
    void reads_the_golden_body() throws IOException {
        assertThat(read(new ByteArrayInputStream(bytes(GOLDEN))))
                .containsExactly(
                        new Read("clear", "null", "null", "0"),
                        new Read("tagsToAdd[]", "null", "null", "--6a1e"),
                        new Read("file", "import.csv", "text/csv", "email\r\na@example.com\r\n"));
    }

    @Test
    void reads_the_same_from_a_wire_that_brings_byte_after_byte() throws IOException {
        InputStream slow = new ByteArrayInputStream(bytes(GOLDEN)) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };

        assertThat(read(slow)).isEqualTo(read(new ByteArrayInputStream(bytes(GOLDEN))));
    }

    @Test
    void every_shorter_body_is_incomplete() {
        String whole = GOLDEN.strip();
        for (int length = 0; length < whole.length(); length++) {
            InputStream cut = new ByteArrayInputStream(bytes(whole.substring(0, length)));
            assertThatThrownBy(() -> read(cut)).as("the first %d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void keeps_content_that_looks_like_a_boundary() throws IOException {
        String content = "\r\n--6a1\r\n-6a1f\r\r\n--6a1".repeat(9_000);
        List<Read> parts = read(
                new ByteArrayInputStream(Form.empty().field("x", content).text().getBytes(StandardCharsets.UTF_8)));

        assertThat(parts).containsExactly(new Read("x", "null", "null", content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preamble\r\n--6a1f--",
                "--6a1fx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n0\r\n--6a1f--",
                "--6a1f\nContent-Disposition: form-data; name=\"a\"\n\n0\n--6a1f--",
                "--6a1f\r\nContent-Disposition: form-data; name=a\r\n\r\n0\r\n--6a1f--",
                "--6a1f\r\nContent-Type: text/csv\r\n\r\n0\r\n--6a1f--",
                "--6a1f\r\nContent-Disposition: form-data; name=\"a\"\r\nX-More: 1\r\n\r\n0\r\n--6a1f--",
                "--6a1f\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n0\r\n--6a1f--\r\nepilogue"
            })
    void refuses_what_is_not_strict(String body) {
        assertThatThrownBy(() -> read(new ByteArrayInputStream(bytes(body)))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        multipart/form-data; boundary=6a1f     , 6a1f
        multipart/form-data;boundary="6a1f:/?" , 6a1f:/?
        multipart/form-data                    , -
        multipart/mixed; boundary=6a1f         , -
        multipart/form-data; boundary=         , -
        text/csv                               , -\
        """)
    void finds_the_boundary(String type, String boundary) {
        assertThat(MultipartReader.boundary(type).orElse(null)).isEqualTo(boundary);
    }

    private static List<Read> read(InputStream body) throws IOException {
        MultipartReader reader = new MultipartReader(body, Form.BOUNDARY);
        List<Read> parts = new ArrayList<>();
        for (MultipartReader.Part part = reader.next(); part != null; part = reader.next()) {
            parts.add(new Read(
                    part.name(),
                    String.valueOf(part.fileName()),
                    String.valueOf(part.type()),
                    new String(part.content().readAllBytes(), StandardCharsets.UTF_8)));
        }
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
