package io.segmentdrop.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.segmentdrop.house.ArchitectureTerms.CLI;
import static io.segmentdrop.house.ArchitectureTerms.CORE;
import static io.segmentdrop.house.ArchitectureTerms.SANDBOX;
import static io.segmentdrop.house.ArchitectureTerms.SHELL;
import static io.segmentdrop.house.ArchitectureTerms.askForTheTime;
import static io.segmentdrop.house.ArchitectureTerms.followTheFlow;
import static io.segmentdrop.house.ArchitectureTerms.makeTheirOwnClock;
import static io.segmentdrop.house.ArchitectureTerms.plainJava;
import static io.segmentdrop.house.ArchitectureTerms.sleep;
import static io.segmentdrop.house.ArchitectureTerms.standApart;
import static io.segmentdrop.house.ArchitectureTerms.theOutsideWorld;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.net.URLConnection;

/** The rules of the architecture, by name. */
enum ArchitectureRule {
    CORE_IS_PLAIN_JAVA(classes().that().resideInAPackage(CORE).should().onlyDependOnClassesThat(plainJava())),

    CORE_TOUCHES_NOTHING(noClasses()
            .that()
            .resideInAPackage(CORE)
            .should(dependOnClassesThat(theOutsideWorld()).or(askForTheTime()).or(ACCESS_STANDARD_STREAMS))),

    CORE_FOLLOWS_THE_FLOW(classes().that().resideInAPackage(CORE).should(followTheFlow())),

    CORE_HAS_NO_CYCLES(slices().matching("io.segmentdrop..core.(*)..").should().beFreeOfCycles()),

    SHELL_STANDS_APART(classes().that().resideInAPackage(SHELL).should(standApart())),

    NOTHING_NEEDS_A_WAY_IN(noClasses()
            .that()
            .resideInAnyPackage(CORE, SHELL)
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLI, SANDBOX, "io.segmentdrop"))),

    COMMAND_LINE_KNOWS_NO_FRAMEWORK(noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.camel..")),

    ONE_HTTP_CLIENT(noClasses()
            .should(dependOnClassesThat(describe(
                            "are java.net connections",
                            (JavaClass type) -> type.isAssignableTo(URLConnection.class)
                                    || type.getPackageName().equals("java.net.http")))
                    .or(callMethodWhere(describe(
                            "a URL is opened",
                            call -> call.getTargetOwner().isEquivalentTo(URL.class)
                                    && call.getName().startsWith("open")))))),

    ONE_LOG(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..")),

    ONLY_WAYS_IN_PRINT(
            noClasses().that(not(resideInAnyPackage(CLI, SANDBOX)).forSubtype()).should(ACCESS_STANDARD_STREAMS)),

    TIME_IS_AN_ARGUMENT(
            noClasses().that(not(resideInAnyPackage(CLI, SANDBOX)).forSubtype()).should(askForTheTime())),

    CLOCKS_ARE_WIRED(noClasses()
            .that()
            .resideInAPackage(SHELL)
            .and()
            .resideOutsideOfPackage("..shell.config..")
            .should(makeTheirOwnClock())),

    CONSTRUCTORS_INJECT(NO_CLASSES_SHOULD_USE_FIELD_INJECTION),

    NOBODY_SLEEPS(noClasses().should(sleep())),

    NAMES_SAY_SOMETHING(noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)(\\$.*)?"));

    @SuppressWarnings("Immutable") // a rule keeps no state, but has no way to say so
    private final ArchRule rule;

    ArchitectureRule(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    /** True if the rule holds in tests, too. */
    boolean coversTests() {
        return this == NOBODY_SLEEPS || this == NAMES_SAY_SOMETHING;
    }
}
