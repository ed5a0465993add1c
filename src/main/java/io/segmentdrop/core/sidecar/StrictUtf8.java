package io.segmentdrop.core.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes to text: UTF-8 and nothing else, without repairs. A byte order mark is skipped and told. */
final class StrictUtf8 {

    /** What came of the bytes. */
    sealed interface Decoded {

        /** The text; {@code markSkipped} if a byte order mark stood before it. */
        record Text(String text, boolean markSkipped) implements Decoded {}

        /** The bytes are no sidecar, and why. */
        record Refused(Problem problem) implements Decoded {}
    }

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final Map<String, String> OTHER_FORMATS = new LinkedHashMap<>();

    static {
        OTHER_FORMATS.put("%PDF", "a PDF");
        OTHER_FORMATS.put("PK\3\4", "a ZIP archive or an office document");
        OTHER_FORMATS.put("\u001f\u008b", "a gzip archive");
        OTHER_FORMATS.put("<", "XML or HTML");
    }

    private StrictUtf8() {}

    static Decoded decode(byte[] bytes) {
        String encoding = otherEncoding(bytes);
        if (encoding != null) {
            return refused(Code.SIDE_NOT_UTF8, "expected UTF-8, found " + encoding);
        }
        String format = otherFormat(bytes);
        if (format != null) {
            return refused(Code.SIDE_MALFORMED, "expected JSON, found what looks like " + format);
        }
        return decodeUtf8(bytes, startsWith(bytes, MARK) ? MARK.length : 0);
    }

    private static Decoded decodeUtf8(byte[] bytes, int start) {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean broken = UTF_8.newDecoder().decode(in, out, true).isError();
        String text = out.flip().toString();
        if (broken) {
            long line = 1 + text.chars().filter(c -> c == '\n').count();
            return refused(Code.SIDE_NOT_UTF8, "expected UTF-8, found a byte in line " + line + " that cannot be it");
        }
        return new Decoded.Text(text, start > 0);
    }

    /** JSON begins with an ASCII character, so zero bytes at the start, or a mark, tell the wider encodings. */
    private static @Nullable String otherEncoding(byte[] b) {
        if (startsWith(b, 0, 0, 0xFE, 0xFF) || startsWith(b, 0xFF, 0xFE, 0, 0)) {
            return "UTF-32";
        }
        if (startsWith(b, 0xFE, 0xFF) || startsWith(b, 0xFF, 0xFE)) {
            return "UTF-16";
        }
        String zeros = zeros(b);
        if (zeros.equals("000x") || zeros.equals("x000")) {
            return "UTF-32";
        }
        return zeros.startsWith("0x") || zeros.startsWith("x0") ? "UTF-16" : null;
    }

    private static String zeros(byte[] b) {
        StringBuilder shape = new StringBuilder(4);
        for (int i = 0; i < Math.min(4, b.length); i++) {
            shape.append(b[i] == 0 ? '0' : 'x');
        }
        return shape.toString();
    }

    private static @Nullable String otherFormat(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 64), ISO_8859_1).replaceFirst("^[ \t\r\n]+", "");
        return OTHER_FORMATS.entrySet().stream()
                .filter(format -> head.startsWith(format.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean startsWith(byte[] bytes, int... head) {
        byte[] wanted = new byte[head.length];
        for (int i = 0; i < head.length; i++) {
            wanted[i] = (byte) head[i];
        }
        return startsWith(bytes, wanted);
    }

    private static boolean startsWith(byte[] bytes, byte[] head) {
        return bytes.length >= head.length && Arrays.equals(bytes, 0, head.length, head, 0, head.length);
    }

    private static Decoded refused(Code code, String message) {
        return new Decoded.Refused(Problem.of(code, message));
    }
}
