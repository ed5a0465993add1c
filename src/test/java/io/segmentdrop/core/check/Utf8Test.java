package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static final int[] EDGES = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xf0, 0xff
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        for (int lead = 0; lead < 256; lead++) {
            for (int second : EDGES) {
                for (int third : EDGES) {
                    agree(lead, second, third, 0x80);
                    agree(lead, second, third, 0x41);
                }
            }
        }
    }

    private void agree(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        for (int length = 1; length <= bytes.length; length++) {
            assertThat(Utf8.firstInvalid(bytes, 0, length) < 0)
                    .as("%x %x %x %x to %d", values[0], values[1], values[2], values[3], length)
                    .isEqualTo(isDecoded(bytes, length));
        }
    }

    private boolean isDecoded(byte[] bytes, int length) {
        try {
            decoder.decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void findsThePlace() {
        byte[] bytes = {'a', (byte) 0xc3, (byte) 0xbc, 'b', (byte) 0xe2, (byte) 0x82, 'c'};

        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(4);
        assertThat(Utf8.firstInvalid(bytes, 1, 4)).isEqualTo(-1);
        assertThat(Utf8.firstInvalid(bytes, 2, 4)).isEqualTo(2);
    }

    @Test
    void decodes() {
        for (int codePoint : new int[] {0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff}) {
            byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.codePoint(bytes, 0)).isEqualTo(codePoint);
            assertThat(Utf8.length(bytes[0])).isEqualTo(bytes.length);
        }
    }
}
