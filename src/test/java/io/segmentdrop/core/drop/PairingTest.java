package io.segmentdrop.core.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PairingTest {

    static List<Arguments> listings() {
        return Listings.table("names.pairing.txt");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("listings")
    void findsWhatBelongsTogether(String number, String listing, String expected) {
        List<Entry> entries = words(listing).map(Listings::marked).toList();

        assertThat(Pairing.of(entries).stream().map(Listings::say))
                .containsExactlyInAnyOrderElementsOf(
                        words(expected).map(Listings::unescape).toList());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("listings")
    void doesNotDependOnTheOrderOfTheListing(String number, String listing, String expected) {
        List<Entry> entries = words(listing).map(Listings::marked).toList().reversed();

        assertThat(Pairing.of(entries).stream().map(Listings::say))
                .containsExactlyInAnyOrderElementsOf(
                        words(expected).map(Listings::unescape).toList());
    }

    @Test
    void namesTheCsvThatALoneSidecarWaitsFor() {
        Candidate candidate = Pairing.of(List.of(Listings.file("x.CSV.json"))).getFirst();

        assertThat(candidate.name()).isEqualTo("x.CSV.json");
        assertThat(candidate.csvName()).isEqualTo("x.CSV");
    }

    /** Comparing each with each would take hours. */
    @Test
    @Timeout(30)
    void pairsAMillionNames() {
        List<Entry> entries = IntStream.range(0, 500_000)
                .boxed()
                .flatMap(n -> Stream.of("list-" + n + ".csv", "list-" + n + ".csv.json"))
                .map(Listings::file)
                .toList();

        assertThat(Pairing.of(entries).stream()
                        .filter(Candidate.Pair.class::isInstance)
                        .count())
                .isEqualTo(500_000);
    }

    @Test
    @Timeout(30)
    void bearsThousandsOfNamesThatMeanTheSame() {
        List<Entry> entries = IntStream.range(0, 1 << 15)
                .mapToObj(bits -> IntStream.range(0, 15)
                        .mapToObj(bit -> (bits >> bit & 1) == 0 ? "\u00C5" : "\u212B")
                        .collect(Collectors.joining("", "", ".csv")))
                .map(Listings::file)
                .toList();
        List<Entry> all = Stream.concat(entries.stream(), Stream.of(Listings.file("\u00C5".repeat(15) + ".json")))
                .toList();

        assertThat(Pairing.of(all)).singleElement().isInstanceOf(Candidate.Ambiguous.class);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" +"));
    }
}
