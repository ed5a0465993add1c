package io.segmentdrop.core.send;

/** Makes text from outside harmless on a page, in a log and in a terminal. */
final class TextEscape {

    private TextEscape() {}

    /** Writes control, format, line-separating and half characters as {@code \n}, {@code \t} or {@code \}{@code u001b}. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isHarmful(point)) {
                    out.append("\\u").append("%04x".formatted(point));
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
