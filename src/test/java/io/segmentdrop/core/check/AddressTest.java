package io.segmentdrop.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.problem.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    static Stream<Arguments> table() {
        return Catalogue.text("addresses.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(AddressTest::row);
    }

    private static Arguments row(String line) {
        List<String> words = List.of(line.split(" ", 2));
        return Arguments.of(words.getFirst(), words.size() == 1 ? "" : words.getLast());
    }

    @ParameterizedTest
    @MethodSource("table")
    void saysWhatTheTableSays(String expected, String address) {
        byte[] bytes = Catalogue.unescape(address);
        byte[] amid = Catalogue.unescape("x@" + address + "@x");

        assertThat(word(Address.check(bytes, 0, bytes.length))).isEqualTo(expected);
        assertThat(word(Address.check(amid, 2, amid.length - 2))).isEqualTo(expected);
    }

    private static String word(@org.jspecify.annotations.Nullable Code code) {
        return code == null ? "OK" : code.name();
    }

    @Test
    void theTableIsReadWhole() {
        assertThat(table()).hasSizeGreaterThan(100);
    }

    /** Inputs on which backtracking checks take for ever: each of a mebibyte is done at once. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "a@", ".", "@", "\"", "a-", "\u00fc", "a@b."})
    void takesLinearTime(String repeated) {
        byte[] bytes = repeated.repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

        Code code = Assertions.assertTimeout(Duration.ofSeconds(2), () -> Address.check(bytes, 0, bytes.length));

        assertThat(code).isEqualTo(Code.EMAIL_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@xn--pple-43d.com", "a@b.xn--pple-43d.com", "a@XN--PPLE-43D.com"})
    void seesMixedScripts(String address) {
        assertThat(mixes(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@apple.com",
                "a@xn--bcher-kva.de",
                "a@xn--e1afmkfd.xn--p1ai",
                "a@xn--u9j5h1btf1e.jp",
                "xn--pple-43d@b.co"
            })
    void seesNoMixtureInOneScript(String address) {
        assertThat(mixes(address)).isFalse();
    }

    private static boolean mixes(String address) {
        byte[] bytes = address.getBytes(StandardCharsets.US_ASCII);
        assertThat(Address.check(bytes, 0, bytes.length)).isNull();
        return Address.mixesScripts(bytes, 0, bytes.length);
    }
}
