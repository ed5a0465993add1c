package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by its first bytes what a file is if it is no UTF-8 text. Nothing is ever unpacked. */
final class FileKind {

    /** A beginning, each byte written as the character of the same number. */
    private record Magic(String name, String beginning) {
        private boolean isOf(String prefix) {
            return prefix.startsWith(beginning);
        }
    }

    private static final List<Magic> NO_TEXT = List.of(
            new Magic("a zip archive or an Excel or OpenDocument workbook", "PK\3\4"),
            new Magic("an empty zip archive", "PK\5\6"),
            new Magic("a gzip archive", "\u001f\u008b"),
            new Magic("an old Excel workbook", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"),
            new Magic("a PDF document", "%PDF-"),
            new Magic("a PGP message", "-----BEGIN PGP"),
            new Magic("a 7z archive", "7z\u00bc\u00af'\u001c"),
            new Magic("a RAR archive", "Rar!\u001a\u0007"),
            new Magic("a bzip2 archive", "BZh91AY&SY"),
            new Magic("an xz archive", "\u00fd7zXZ\0"),
            new Magic("a Zstandard archive", "(\u00b5/\u00fd"));

    // the longer marks first: UTF-16's is the beginning of UTF-32's
    private static final List<Magic> MARKS = List.of(
            new Magic("UTF-32LE", "\u00ff\u00fe\0\0"),
            new Magic("UTF-32BE", "\0\0\u00fe\u00ff"),
            new Magic("UTF-16LE", "\u00ff\u00fe"),
            new Magic("UTF-16BE", "\u00fe\u00ff"));

    private FileKind() {}

    /** The fault of a file that begins with these bytes; null if it may be text. */
    static @Nullable Problem refuse(byte[] prefix) {
        String beginning = new String(prefix, StandardCharsets.ISO_8859_1);
        for (Magic magic : NO_TEXT) {
            if (magic.isOf(beginning)) {
                return Problem.of(Code.CSV_NOT_TEXT, "expected a CSV, found " + magic.name);
            }
        }
        String encoding = encoding(beginning);
        return encoding == null
                ? null
                : Problem.of(Code.CSV_NOT_UTF8, "expected UTF-8, found " + encoding + "; export it as UTF-8");
    }

    private static @Nullable String encoding(String beginning) {
        for (Magic mark : MARKS) {
            if (mark.isOf(beginning)) {
                return mark.name;
            }
        }
        return beginning.length() < 4 ? null : encodingByZeros(beginning.substring(0, 4));
    }

    /** ASCII characters in UTF-16 and UTF-32 leave a pattern of zeros. */
    private static @Nullable String encodingByZeros(String beginning) {
        return switch (beginning.replaceAll("[^\0]", "x").replace('\0', '0')) {
            case "x0x0" -> "UTF-16LE";
            case "0x0x" -> "UTF-16BE";
            case "x000" -> "UTF-32LE";
            case "000x" -> "UTF-32BE";
            default -> null;
        };
    }
}
