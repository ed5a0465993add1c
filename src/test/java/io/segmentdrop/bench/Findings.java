package io.segmentdrop.bench;

import java.util.List;
import java.util.Locale;

/** Figures as they are found, each printed beside its goal. */
final class Findings {

    private Findings() {}

    static void title(String title) {
        System.out.printf("%n%-66s %12s %12s%n", title, "found", "goal");
    }

    /** A figure that should not be larger than its goal. */
    static void atMost(String what, double found, double goal, String unit) {
        line(what, found, "<= " + number(goal), unit, found <= goal);
    }

    /** A figure that should not be smaller than its goal. */
    static void atLeast(String what, double found, double goal, String unit) {
        line(what, found, ">= " + number(goal), unit, found >= goal);
    }

    /** A figure without a goal. */
    static void just(String what, double found, String unit) {
        System.out.printf(Locale.ROOT, "%-66s %12s %12s  %s%n", what, number(found), "", unit);
    }

    private static void line(String what, double found, String goal, String unit, boolean isMet) {
        System.out.printf(
                Locale.ROOT, "%-66s %12s %12s  %s%s%n", what, number(found), goal, unit, isMet ? "" : " (missed)");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 20 ? "%.2f" : "%.0f", value);
    }

    static double median(List<Double> values) {
        return share(values, 0.5);
    }

    /** The value that so large a share of them does not exceed. */
    static double share(List<Double> values, double share) {
        int rank = (int) Math.ceil(values.size() * share) - 1;
        return values.stream().sorted().toList().get(Math.max(0, rank));
    }
}
