package io.segmentdrop.shell.config;

import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.problem.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Each drop has a usable name, a readable source, whole segments and readable defaults. */
record DropRule(DefaultsReader defaults) implements StartupRule {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        properties.drops().forEach((name, drop) -> check(name, drop, refuse));
        was(properties.drops(), refuse);
    }

    private static void was(Map<String, DropProperties> drops, Refuse refuse) {
        Set<String> before = new HashSet<>();
        drops.forEach((name, drop) -> drop.was().forEach(was -> {
            String key = StartupRule.dropKey(name, "was");
            refuse.unless(
                    !drops.containsKey(was),
                    key,
                    "expected a name that no drop has now, found \"" + was + "\", which is one");
            refuse.unless(before.add(was), key, "expected each former name once, found \"" + was + "\" again");
        }));
    }

    private void check(String name, DropProperties drop, Refuse refuse) {
        name(name, refuse);
        source(name, drop, refuse);
        segments(name, drop.segments(), refuse);
        defaults(name, drop, refuse);
        expect(name, drop, refuse);
    }

    private static void name(String name, Refuse refuse) {
        refuse.unless(
                NAME.matcher(name).matches(),
                SegmentDropProperties.PREFIX + ".drops." + name,
                "expected a name of 1 to 63 characters a-z, 0-9 and -, since folders bear it, found \"" + name + "\"");
    }

    private static void source(String name, DropProperties drop, Refuse refuse) {
        try {
            drop.source();
        } catch (IllegalArgumentException e) {
            refuse.because(StartupRule.dropKey(name, "from"), String.valueOf(e.getMessage()));
        }
    }

    private static void expect(String name, DropProperties drop, Refuse refuse) {
        try {
            drop.expect().calendar();
        } catch (IllegalArgumentException e) {
            refuse.because(StartupRule.dropKey(name, "expect"), String.valueOf(e.getMessage()));
        }
    }

    private static void segments(String name, List<SegmentProperties> segments, Refuse refuse) {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            String key = StartupRule.dropKey(name, "segments[" + i + "].id");
            long id = segments.get(i).id();
            refuse.unless(id >= 1, key, "expected a segment's id from 1, found " + (id == 0 ? "nothing or 0" : id));
            refuse.unless(ids.add(id) || id < 1, key, "expected each segment once, found " + id + " again");
        }
    }

    private void defaults(String name, DropProperties drop, Refuse refuse) {
        defaults.read(drop.defaults()).problems().stream()
                .filter(problem -> problem.code().verdict() == Verdict.REJECT_FILE)
                .forEach(problem -> refuse.because(key(name, problem), problem.message()));
    }

    private static String key(String name, Problem problem) {
        String column = problem.column();
        return StartupRule.dropKey(name, column == null ? "defaults" : "defaults." + column);
    }
}
