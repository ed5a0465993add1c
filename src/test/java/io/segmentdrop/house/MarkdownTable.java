package io.segmentdrop.house;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a Markdown text between {@code <!-- name -->} and {@code <!-- /name -->}, and the tables in it. */
final class MarkdownTable {

    private MarkdownTable() {}

    /** The block's lines, without the two marks. */
    static String block(String text, String name) {
        Matcher matcher = find(text, name);
        return matcher.group(2);
    }

    /** The text with another block between the same marks. */
    static String withBlock(String text, String name, String block) {
        Matcher matcher = find(text, name);
        return text.substring(0, matcher.start(2)) + block + text.substring(matcher.end(2));
    }

    private static Matcher find(String text, String name) {
        Matcher matcher = Pattern.compile("(<!-- " + name + " -->\n)(.*?)(<!-- /" + name + " -->)", Pattern.DOTALL)
                .matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("expected <!-- " + name + " --> and <!-- /" + name + " --> in the text");
        }
        return matcher;
    }

    /** A table of these rows below this head. */
    static String table(List<String> head, List<List<String>> rows) {
        StringBuilder table =
                new StringBuilder(row(head)).append("|---".repeat(head.size())).append("|\n");
        rows.forEach(cells -> table.append(row(cells)));
        return table.toString();
    }

    private static String row(List<String> cells) {
        return "| "
                + String.join(
                        " | ",
                        cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |\n";
    }

    /** The first cells of the rows below the head, without their backquotes. */
    static List<String> firstCells(String block) {
        return block.lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|", 3)[1].strip().replace("`", ""))
                .toList();
    }
}
