package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.segmentdrop.house.planted.cli.StartsSpring;
import io.segmentdrop.house.planted.core.check.AsksForTheTime;
import io.segmentdrop.house.planted.core.check.Circle;
import io.segmentdrop.house.planted.core.check.KnowsWhatComesLater;
import io.segmentdrop.house.planted.core.check.OpensFile;
import io.segmentdrop.house.planted.core.check.OpensPath;
import io.segmentdrop.house.planted.core.check.OpensSocket;
import io.segmentdrop.house.planted.core.check.ReadsClock;
import io.segmentdrop.house.planted.core.check.UsesCamel;
import io.segmentdrop.house.planted.core.check.UsesDatabind;
import io.segmentdrop.house.planted.core.check.UsesShell;
import io.segmentdrop.house.planted.core.elsewhere.IsNotInTheFlow;
import io.segmentdrop.house.planted.core.receipt.Later;
import io.segmentdrop.house.planted.core.split.BackToCheck;
import io.segmentdrop.house.planted.shell.api.AsksTheOldWay;
import io.segmentdrop.house.planted.shell.api.KnowsTheLedger;
import io.segmentdrop.house.planted.shell.api.LogsTheOldWay;
import io.segmentdrop.house.planted.shell.api.MakesItsClock;
import io.segmentdrop.house.planted.shell.api.NameManager;
import io.segmentdrop.house.planted.shell.api.OpensUrl;
import io.segmentdrop.house.planted.shell.api.Prints;
import io.segmentdrop.house.planted.shell.api.Sleeps;
import io.segmentdrop.house.planted.shell.api.StartsTheCommandLine;
import io.segmentdrop.house.planted.shell.api.TakesFromTheField;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The code keeps each rule of the architecture, and each rule fails on a violation that was planted for it. */
class ArchitectureTest {

    private static final ClassFileImporter IMPORTER =
            new ClassFileImporter().withImportOption(location -> !location.contains("/house/planted/"));
    private static final JavaClasses PROGRAM = IMPORTER.importPath("target/classes");
    private static final JavaClasses PROGRAM_AND_TESTS = IMPORTER.importPaths("target/classes", "target/test-classes");

    @ParameterizedTest
    @EnumSource
    void theCodeKeepsTheRule(ArchitectureRule rule) {
        rule.rule().check(rule.coversTests() ? PROGRAM_AND_TESTS : PROGRAM);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void theRuleFailsOnItsViolation(ArchitectureRule rule, Class<?> violation, Class<?> other) {
        JavaClasses classes = new ClassFileImporter().importClasses(violation, other);

        assertThatThrownBy(() -> rule.rule().check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(violation.getSimpleName());
    }

    @Test
    void noRuleIsUnproved() {
        assertThat(planted().map(row -> row.get()[0])).contains((Object[]) ArchitectureRule.values());
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                planted(ArchitectureRule.CORE_IS_PLAIN_JAVA, UsesCamel.class),
                planted(ArchitectureRule.CORE_IS_PLAIN_JAVA, UsesDatabind.class),
                planted(ArchitectureRule.CORE_IS_PLAIN_JAVA, UsesShell.class),
                planted(ArchitectureRule.CORE_TOUCHES_NOTHING, OpensFile.class),
                planted(ArchitectureRule.CORE_TOUCHES_NOTHING, OpensPath.class),
                planted(ArchitectureRule.CORE_TOUCHES_NOTHING, OpensSocket.class),
                planted(ArchitectureRule.CORE_TOUCHES_NOTHING, ReadsClock.class),
                planted(ArchitectureRule.CORE_TOUCHES_NOTHING, AsksForTheTime.class),
                arguments(ArchitectureRule.CORE_FOLLOWS_THE_FLOW, KnowsWhatComesLater.class, Later.class),
                arguments(ArchitectureRule.CORE_FOLLOWS_THE_FLOW, IsNotInTheFlow.class, Later.class),
                arguments(ArchitectureRule.CORE_HAS_NO_CYCLES, Circle.class, BackToCheck.class),
                planted(ArchitectureRule.SHELL_STANDS_APART, KnowsTheLedger.class),
                planted(ArchitectureRule.NOTHING_NEEDS_A_WAY_IN, StartsTheCommandLine.class),
                planted(ArchitectureRule.COMMAND_LINE_KNOWS_NO_FRAMEWORK, StartsSpring.class),
                planted(ArchitectureRule.ONE_HTTP_CLIENT, AsksTheOldWay.class),
                planted(ArchitectureRule.ONE_HTTP_CLIENT, OpensUrl.class),
                planted(ArchitectureRule.ONE_LOG, LogsTheOldWay.class),
                planted(ArchitectureRule.ONLY_WAYS_IN_PRINT, Prints.class),
                planted(ArchitectureRule.TIME_IS_AN_ARGUMENT, AsksForTheTime.class),
                planted(ArchitectureRule.CLOCKS_ARE_WIRED, MakesItsClock.class),
                planted(ArchitectureRule.CONSTRUCTORS_INJECT, TakesFromTheField.class),
                planted(ArchitectureRule.NOBODY_SLEEPS, Sleeps.class),
                planted(ArchitectureRule.NAMES_SAY_SOMETHING, NameManager.class));
    }

    private static Arguments planted(ArchitectureRule rule, Class<?> violation) {
        return arguments(rule, violation, violation);
    }
}
