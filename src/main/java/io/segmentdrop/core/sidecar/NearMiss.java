package io.segmentdrop.core.sidecar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Which known word a wrong one was probably meant to be. */
final class NearMiss {

    private static final int MAX_FAULTS = 3;

    private NearMiss() {}

    /** {@code "; did you mean `clear`?"}, or nothing if no word is near: one fault in three letters, at most three. */
    static String hint(String found, Collection<String> words) {
        String wrong = bare(found);
        int allowed = Math.min(MAX_FAULTS, wrong.length() / 3);
        return words.stream()
                .filter(word -> wrong.length() <= 2 * word.length() && distance(wrong, bare(word)) <= allowed)
                .min(Comparator.comparingInt(word -> distance(wrong, bare(word))))
                .map(word -> "; did you mean `" + word + "`?")
                .orElse("");
    }

    /** Case, blanks, dashes and underscores are the commonest slips, so they do not count. */
    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
