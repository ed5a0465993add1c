package io.segmentdrop.shell.routes;

import java.nio.file.FileSystemException;

/** Text of others, made fit for one line of a log: what steers a terminal or a log becomes {@code ?}. */
final class Printable {

    private static final int LONGEST = 120;

    private Printable() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(LONGEST).map(Printable::safe).forEach(safe::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST
                ? safe.append('…').toString()
                : safe.toString();
    }

    /** A sentence of ours in which words of others stand, whole. */
    static String all(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().map(Printable::safe).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    /** What went wrong, without the names of files, which are the partner's words. */
    static String of(Exception e) {
        if (e instanceof FileSystemException file) {
            String reason = file.getReason();
            return reason == null ? e.getClass().getSimpleName() : of(reason);
        }
        return of(String.valueOf(e.getMessage()));
    }

    private static int safe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> '?';
            default -> character;
        };
    }
}
