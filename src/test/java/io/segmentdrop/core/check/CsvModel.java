package io.segmentdrop.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes files from a seed, in all the forms that the check takes, and knows what their rows say: the rows that must be
 * sent and how many must be refused. It shares no code with the check.
 */
final class CsvModel {

    private static final String[] VALUES = {
        "",
        "x",
        "Ann",
        "  spaced ",
        "a,b",
        "say \"hi\"",
        "\"",
        "line\nbreak",
        "line\r\nbreak",
        "m\u00fcller",
        "\ud83d\ude00",
        "\u65e5\u672c",
        "tab\there",
        "'quoted'",
        "12.5",
        "a;b|c",
        "\ufeffx"
    };
    private static final String[] BAD_ADDRESSES = {
        "", "nobody", "a@b", "a@@b.co", "a b@c.co", "\u00fc@b.de", "a@b.co.", "a@b\ncd.co"
    };
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

    /** The values of the rows that must be sent, in order. */
    final List<List<String>> good = new ArrayList<>();

    /** How many rows must be refused. */
    int bad;

    /** The file. */
    final String text;

    final int width;
    private final Random random;
    private final String lineEnd;

    CsvModel(long seed) {
        random = new Random(seed);
        width = 1 + random.nextInt(5);
        lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        StringBuilder file = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
        file.append(header()).append(lineEnd);
        good.add(addRow(file, true));
        for (int rows = random.nextInt(60); rows > 0; rows--) {
            addLine(file);
        }
        text = file.toString();
    }

    private String header() {
        StringBuilder header = new StringBuilder("email");
        for (int i = 1; i < width; i++) {
            header.append(",varr_").append((char) ('a' + i));
        }
        return header.toString();
    }

    private void addLine(StringBuilder file) {
        switch (random.nextInt(12)) {
            case 0 -> file.append(" ".repeat(random.nextInt(3))).append(lineEnd);
            case 1, 2 -> addBadRow(file);
            default -> good.add(addRow(file, true));
        }
    }

    private List<String> addRow(StringBuilder file, boolean good) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String value = i == 0 ? address(good) : VALUES[random.nextInt(VALUES.length)];
            values.add(value);
            file.append(i == 0 ? "" : ",").append(written(value, i == 0));
        }
        file.append(lineEnd);
        return values;
    }

    private void addBadRow(StringBuilder file) {
        bad++;
        switch (random.nextInt(4)) {
            case 0 -> file.append("a@b.co").append(",x".repeat(width)).append(lineEnd);
            case 1 ->
                file.append("a@b.co")
                        .append(",x".repeat(width - 1))
                        .append("\"y")
                        .append(lineEnd);
            case 2 ->
                file.append("a@b.co")
                        .append(",x".repeat(width - 1))
                        .append("\u001b")
                        .append(lineEnd);
            default -> addRow(file, false);
        }
    }

    private String address(boolean good) {
        return good
                ? "user" + random.nextInt(1000) + "@example.com"
                : BAD_ADDRESSES[random.nextInt(BAD_ADDRESSES.length)];
    }

    /** A value in one of the ways in which it may be written. */
    private String written(String value, boolean isEmail) {
        boolean mustQuote =
                value.matches("(?s).*[,\"\r\n].*") || (isEmail && value.isEmpty()) || value.startsWith("\ufeff");
        if (!mustQuote && random.nextInt(3) > 0) {
            return isEmail ? " ".repeat(random.nextInt(2)) + value : value;
        }
        String blanks = random.nextInt(3) == 0 ? " " : "";
        return blanks + '"' + value.replace("\"", "\"\"") + '"' + blanks;
    }

    /** Reads RFC 4180 text whose records end with LF: the simplest reader that can be right. */
    static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return records;
    }
}
