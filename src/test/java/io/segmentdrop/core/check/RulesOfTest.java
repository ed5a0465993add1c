package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.core.sidecar.DropPolicy.RequireProof;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Origin;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.Suppression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RulesOfTest {

    private static final DropPolicy DENYING = new DropPolicy(
            List.of(), false, false, false, false, null, null, null, null, null, RequireProof.NEVER, Settings.EMPTY);
    private static final DropPolicy LISTING = new DropPolicy(
            List.of(),
            true,
            true,
            true,
            true,
            Set.of(1L),
            Set.of(2L),
            Set.of("vip"),
            Set.of("varr_firstname"),
            Set.of("auto_renews"),
            RequireProof.ALWAYS,
            Settings.EMPTY);

    @Test
    void takesNothingFromOptionsThatSayNothing() {
        assertThat(RulesOf.of(options(Map.of()), DENYING, CheckSettings.DEFAULTS))
                .isEqualTo(new CheckRules(
                        false,
                        null,
                        false,
                        Map.of(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        false,
                        false,
                        false,
                        0.05,
                        17_179_869_184L,
                        100_000,
                        20_971_520));
    }

    @Test
    void takesEachRuleFromItsPlace() {
        Map<Key, Object> said = Map.of(
                Key.CLEAR,
                true,
                Key.SUPPRESSION,
                Suppression.MD5,
                Key.HASH,
                true,
                Key.COLUMNS,
                new LinkedHashMap<>(Map.of("E-mail", "email")),
                Key.ROWS,
                3L,
                Key.BYTES,
                40L,
                Key.SHA256,
                "ab".repeat(32));
        CheckSettings settings = new CheckSettings(true, true, 0.5, 7, 8, 9);

        assertThat(RulesOf.of(options(said), LISTING, settings))
                .isEqualTo(new CheckRules(
                        true,
                        Suppression.MD5,
                        true,
                        Map.of("E-mail", "email"),
                        3L,
                        40L,
                        "ab".repeat(32),
                        true,
                        Set.of("varr_firstname"),
                        Set.of("vip"),
                        false,
                        true,
                        true,
                        0.5,
                        7,
                        8,
                        9));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "(SUBSCRIBER_)?TAGS_TO_.*")
    void seesTagLists(Key key) {
        assertThat(rules(key, List.of(5L)).tagOptions()).isTrue();
        assertThat(rules(key, List.of()).tagOptions()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "REPLACE_.*")
    void seesTheReplacingOfTags(Key key) {
        assertThat(rules(key, true).tagOptions()).isTrue();
        assertThat(rules(key, false).tagOptions()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesARatioThatIsNone(double ratio) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckSettings(false, false, ratio, 1, 1, 1))
                .withMessage("expected a ratio from 0 to 1, found " + ratio);
    }

    @Test
    void refusesLimitsThatLetNothingThrough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckSettings(false, false, 0, 1, 0, 1))
                .withMessage("expected limits from 1, found 1, 0 and 1");
    }

    private static CheckRules rules(Key key, Object value) {
        return RulesOf.of(options(Map.of(key, value)), DENYING, CheckSettings.DEFAULTS);
    }

    private static Options options(Map<Key, Object> said) {
        return new Options(
                new Settings(said),
                said.keySet().stream().collect(Collectors.toMap(key -> key, key -> Origin.SIDECAR)));
    }
}
