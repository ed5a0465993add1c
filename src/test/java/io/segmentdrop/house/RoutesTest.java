package io.segmentdrop.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes read as the house wants them, and each rule fails on a file that was planted for it. */
class RoutesTest {

    private static final Path ROUTES = ProjectFiles.ROOT.resolve("routes");
    private static final Path PLANTED = ProjectFiles.ROOT.resolve("src/test/resources/house/routes");

    @Test
    void theListingTellsTheStory() {
        assertThat(RouteRules.names(ROUTES)).isEqualTo(RouteRules.FILES);
    }

    @Test
    void theRoutesKeepTheRules() {
        assertThat(RouteRules.faults(ROUTES)).isEmpty();
    }

    @Test
    void aRouteThatKeepsTheRulesPasses() {
        assertThat(RouteRules.faults(PLANTED.resolve("good"))).isEmpty();
        assertThat(RouteRules.names(PLANTED.resolve("good"))).containsExactly("30-send.camel.yaml");
    }

    @Test
    void aMissingFolderHasNoNames() {
        assertThat(RouteRules.names(PLANTED.resolve("none"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        arithmetic     | x.camel.yaml: expected a bean to reckon, found ${header.rows} + 1
        increment      | x.camel.yaml: expected a bean to reckon, found ${body}++
        groovy         | x.camel.yaml: expected a bean to decide, found groovy
        id-missing     | x.camel.yaml: expected a kebab-case id, found null
        id-not-kebab   | x.camel.yaml: expected a kebab-case id, found sendNext
        id-twice       | x.camel.yaml: expected an id of its own, found send twice
        joint-missing  | expected a route from direct:nobody, which another one calls
        kind-unknown   | x.camel.yaml: expected one of [route, routeConfiguration, routeTemplate], found from
        no-description | x.camel.yaml: expected a description of send
        no-list        | x.camel.yaml: expected a list of [route, routeConfiguration, routeTemplate]
        query          | x.camel.yaml: expected parameters below uri, found timer:tick?period=500
        sftp-not-strict | x.camel.yaml: expected strictHostKeyChecking: "yes", found no
        sftp-open      | x.camel.yaml: expected sftp: with [filter, include, knownHostsFile, strictHostKeyChecking]
        short-form     | x.camel.yaml: expected uri and parameters below to
        opt-in         | x.camel.yaml: expected no id, so that it holds for every route, found errors
        sql            | x.camel.yaml: expected no SQL, found update import set state = 'READY'
        sql-endpoint   | x.camel.yaml: expected a bean instead of sql:next
        too-long       | x.camel.yaml: expected at most 140 lines, found 141
        """)
    void theRuleFailsOnItsViolation(String folder, String fault) {
        assertThat(RouteRules.faults(PLANTED.resolve(folder))).containsExactly(fault);
    }
}
