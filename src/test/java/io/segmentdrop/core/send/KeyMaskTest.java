package io.segmentdrop.core.send;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that repeats what it was asked must not put the key into the ledger, however it writes it. */
class KeyMaskTest {

    /** Has what URLs, JSON, HTML and Base64 write otherwise. */
    private static final String KEY = "op/live+7c1f&\"Zq=.x~9";

    static Stream<Arguments> spellings() {
        return Stream.of(
                spelling("as it is", key -> key),
                spelling("in capitals", key -> key.toUpperCase(Locale.ROOT)),
                spelling("as URLs write it", key -> URLEncoder.encode(key, UTF_8)),
                spelling(
                        "in small hexadecimal digits",
                        key -> URLEncoder.encode(key, UTF_8).toLowerCase(Locale.ROOT)),
                spelling("twice", key -> URLEncoder.encode(URLEncoder.encode(key, UTF_8), UTF_8)),
                spelling("each letter", key -> each(key, "%%%02X")),
                spelling("as JSON writes it", key -> key.replace("\"", "\\\"").replace("/", "\\/")),
                spelling("JSON in JSON", key -> key.replace("\"", "\\\\\\\"").replace("/", "\\\\/")),
                spelling("each letter in JSON", key -> each(key, "\\u%04x")),
                spelling("each letter of a script", key -> each(key, "\\x%02x")),
                spelling("as HTML writes it", key -> key.replace("&", "&amp;").replace("\"", "&quot;")),
                spelling("each letter in HTML", key -> each(key, "&#%d;")),
                spelling("each letter in HTML by hexadecimal", key -> each(key, "&#x%X;")),
                spelling("in hexadecimal", key -> HexFormat.of().formatHex(key.getBytes(UTF_8))),
                spelling("in UTF-16", key -> new String(key.getBytes(UTF_16LE), UTF_8)),
                spelling("over two lines", key -> key.substring(0, 9) + "\r\n" + key.substring(9)),
                spelling("over two lines of JSON", key -> key.substring(0, 9) + "\\n" + key.substring(9)),
                spelling("Base64", KeyMaskTest::base64),
                spelling("Base64 of the header", key -> base64("Bearer " + key)),
                spelling("Base64 of user and key", key -> base64("a:" + key)),
                spelling("Base64 of more", key -> base64("ab:" + key + "\r\nA")),
                spelling(
                        "Base64 for URLs",
                        key -> base64("??>" + key).replace('+', '-').replace('/', '_')),
                spelling("Base64 without its end", key -> base64(key).replace("=", "")),
                spelling("Base64 in JSON", key -> base64("?>" + key).replace("/", "\\/")),
                spelling("Base64 in a URL", key -> URLEncoder.encode(base64("x" + key), UTF_8)),
                spelling("Base64 in lines", key -> base64(key).replaceAll("(.{10})", "$1\r\n")));
    }

    private static Arguments spelling(String name, UnaryOperator<String> spelled) {
        return Arguments.of(name, spelled);
    }

    private static String each(String key, String format) {
        StringBuilder all = new StringBuilder();
        key.chars().forEach(letter -> all.append(format.formatted(letter)));
        return all.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void isHidden(String name, UnaryOperator<String> spelled) {
        String text = spelled.apply(KEY);

        String shown = new KeyMask(KEY).hide("you sent <" + text + "> and <" + text + ">.");

        assertThat(shown)
                .matches("(?s)you sent <[^>]{0,10}\\*\\*\\*[^>]{0,32}> and <[^>]{0,10}\\*\\*\\*[^>]{0,32}>\\.");
        assertThat(shown).doesNotContainIgnoringCase("live", "7c1f", text.substring(text.length() / 2));
    }

    /** Wherever the answer breaks off, no half of the key is left. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void isHiddenWhereTheTextEndsInTheMiddle(String name, UnaryOperator<String> spelled) {
        String text = spelled.apply(KEY);
        for (int end = text.length() / 2; end < text.length(); end++) {
            assertThat(new KeyMask(KEY).hide("you sent " + text.substring(0, end)))
                    .as(text.substring(0, end))
                    .matches("(?s)you sent .{0,10}\\*\\*\\*.{0,20}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"error\":false}", "100 % & more \\ than \\u0041 &amp; &#65; %41 op/", "op/liv", "a\r\nb"})
    void theRestStays(String text) {
        assertThat(new KeyMask("another-key").hide(text)).isEqualTo(text);
        assertThat(new KeyMask("").hide(text)).isEqualTo(text);
    }

    @Test
    void aFewLettersAtTheEndMayBeAnything() {
        assertThat(new KeyMask(KEY).hide("stop")).isEqualTo("stop");
        assertThat(new KeyMask(KEY).hide("found op/l")).isEqualTo("found ***");
    }

    @Test
    void aShortKeyIsHiddenToo() {
        assertThat(new KeyMask("k").hide("ask")).isEqualTo("as***");
        assertThat(new KeyMask("key")).hasToString("***");
    }

    @Test
    void aLongTextIsLookedThroughOnce() {
        String text = "op/live+7c1f&\"Zq=.x~".repeat(50_000);

        assertThat(new KeyMask(KEY).hide(text)).hasSizeLessThan(text.length());
    }
}
