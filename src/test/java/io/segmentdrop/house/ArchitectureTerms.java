package io.segmentdrop.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructor;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that the rules are made of. The packages are patterns that fit the planted violations, too, so that one and the
 * same rule is run against both.
 */
final class ArchitectureTerms {

    static final String CORE = "io.segmentdrop..core..";
    static final String SHELL = "io.segmentdrop..shell..";
    static final String CLI = "io.segmentdrop..cli..";
    static final String SANDBOX = "io.segmentdrop..sandbox..";

    /** The core's packages as the data flows: a package knows those of its own line and of the lines above it. */
    private static final List<Set<String>> FLOW = List.of(
            Set.of("problem"),
            Set.of("calendar", "drop", "ledger", "sidecar"),
            Set.of("notice"),
            Set.of("split"),
            Set.of("check"),
            Set.of("send"),
            Set.of("settle"),
            Set.of("receipt"));

    private static final Pattern PART = Pattern.compile("io\\.segmentdrop(?:\\..+)?\\.(core|shell)\\.(\\w+).*");
    private static final Set<String> PLAIN = Set.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.time",
            "java.util");
    private static final Set<String> FREE_SHELLS = Set.of("routes", "ops");

    private ArchitectureTerms() {}

    static DescribedPredicate<JavaClass> plainJava() {
        return describe(
                "are the core's, the JDK's plain ones, jackson-core's or jspecify's", ArchitectureTerms::isPlain);
    }

    private static boolean isPlain(JavaClass type) {
        String name = type.getPackageName();
        return PLAIN.contains(name)
                || part("core", type) != null
                || (isBelow(name, "java.lang", "java.util", "java.time", "com.fasterxml.jackson.core", "org.jspecify")
                        && !isBelow(name, "java.util.logging", "java.lang.management"));
    }

    private static boolean isBelow(String name, String... packages) {
        return List.of(packages).stream().anyMatch(parent -> name.equals(parent) || name.startsWith(parent + "."));
    }

    static DescribedPredicate<JavaClass> theOutsideWorld() {
        return describe(
                "are files, sockets or clocks",
                type -> isBelow(type.getPackageName(), "java.nio.file", "java.nio.channels")
                        || type.getFullName().matches("java\\.io\\.(File|RandomAccessFile).*")
                        || type.getFullName().matches("java\\.net\\.\\w*(Socket|Connection|Interface|Inet)\\w*")
                        || type.isEquivalentTo(Clock.class));
    }

    /** A call of a {@code now} that is given no clock, or of one of its elders. */
    static ArchCondition<JavaClass> askForTheTime() {
        return callMethodWhere(describe("the machine is asked for the time", ArchitectureTerms::asksForTheTime))
                .or(callConstructor(Date.class));
    }

    private static boolean asksForTheTime(JavaMethodCall call) {
        boolean now = call.getName().equals("now")
                && isBelow(call.getTargetOwner().getPackageName(), "java.time")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        return now || isCall(call, System.class, "currentTimeMillis");
    }

    static ArchCondition<JavaClass> makeTheirOwnClock() {
        return callMethodWhere(describe(
                "a clock of the machine is made",
                call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                        && call.getName().matches("system.*|tick(Millis|Seconds|Minutes)")));
    }

    static ArchCondition<JavaClass> sleep() {
        return callMethodWhere(describe(
                "a thread sleeps",
                call -> isCall(call, Thread.class, "sleep") || isCall(call, TimeUnit.class, "sleep")));
    }

    private static boolean isCall(JavaAccess<?> call, Class<?> owner, String name) {
        return call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(name);
    }

    static ArchCondition<JavaClass> followTheFlow() {
        return allowed("know only what comes before them in " + FLOW, "core", (origin, target) -> {
            int here = line(origin);
            int there = line(target);
            return here >= 0 && there >= 0 && there <= here;
        });
    }

    private static int line(String part) {
        for (int i = 0; i < FLOW.size(); i++) {
            if (FLOW.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }

    static ArchCondition<JavaClass> standApart() {
        return allowed(
                "depend on no other part of the shell, but that " + FREE_SHELLS + " may",
                "shell",
                (origin, target) -> origin.equals(target) || FREE_SHELLS.contains(origin));
    }

    /** Judges each dependency from one part of a half (core or shell) on a part of the same half. */
    private static ArchCondition<JavaClass> allowed(String words, String half, BiPredicate<String, String> isAllowed) {
        return new ArchCondition<>(words) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String origin = part(half, type);
                    String target = part(half, dependency.getTargetClass().getBaseComponentType());
                    if (origin != null && target != null && !isAllowed.test(origin, target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static @Nullable String part(String half, JavaClass type) {
        Matcher matcher = PART.matcher(type.getPackageName());
        return matcher.matches() && matcher.group(1).equals(half) ? matcher.group(2) : null;
    }
}
