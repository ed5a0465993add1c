package io.segmentdrop.core.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the catalogue of bad sidecars, parsed and resolved as it would be in a drop. */
class SidecarCatalogueTest {

    private static final String TABLE = "/catalogue/sidecar.txt";

    record Case(String number, String policy, String input, List<String> codes) {

        @Override
        public String toString() {
            return number + " " + (input.length() > 120 ? input.substring(0, 120) : input);
        }
    }

    static List<Case> cases() {
        return Tables.lines(TABLE).stream()
                .filter(fields -> fields.size() > 2)
                .map(fields -> new Case(fields.get(0), fields.get(1), fields.get(2), codes(fields.get(3))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersWithTheCodesOfTheCatalogue(Case one) {
        assertThat(codesOf(Tables.bytes(one.input()), one.policy())).isEqualTo(one.codes());
    }

    @Test
    void knowsEachNumberOfTheCatalogue() {
        List<String> numbers =
                IntStream.rangeClosed(1, 95).mapToObj(String::valueOf).toList();

        assertThat(Tables.lines(TABLE)).extracting(List::getFirst).containsAll(numbers);
    }

    @Test
    void readsItsOwnNotation() {
        assertThat(Tables.bytes("a<bc*2>\\xFFd<\\x00*2>")).containsExactly('a', 'b', 'c', 'b', 'c', 0xFF, 'd', 0, 0);
    }

    private static List<String> codesOf(byte[] sidecar, String policy) {
        SidecarParser.Parsed parsed = SidecarParser.parse(sidecar, "vips.csv");
        List<String> codes = new ArrayList<>();
        add(codes, "", parsed.problems());
        add(codes, "~", parsed.notes());
        if (parsed.ok()) {
            OptionRules.Resolved resolved = resolve(parsed.settings(), policy);
            add(codes, "", resolved.problems());
            add(codes, "~", resolved.warnings());
        }
        return codes;
    }

    private static OptionRules.Resolved resolve(Settings settings, String policy) {
        return switch (policy) {
            case "open" -> OptionRules.resolve(settings, Policies.OPEN, Policies.ALL_NAMED);
            case "strict" -> OptionRules.resolve(settings, Policies.STRICT, Policies.NONE_NAMED);
            default -> throw new IllegalArgumentException("expected open or strict, found " + policy);
        };
    }

    private static void add(List<String> codes, String mark, List<Problem> found) {
        found.forEach(problem -> codes.add(mark + problem.code()));
    }

    private static List<String> codes(String field) {
        return field.equals("-") ? List.of() : List.of(field.split(", "));
    }
}
