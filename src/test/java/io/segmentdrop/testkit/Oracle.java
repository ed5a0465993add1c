package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segmentdrop.sandbox.Account;
import io.segmentdrop.sandbox.Journal;
import io.segmentdrop.sandbox.StandInApi;
import io.segmentdrop.testkit.LedgerBook.Chunk;
import io.segmentdrop.testkit.LedgerBook.Import;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares how things ended with what was dropped: reads the ledger, the folders, and what the account behind the API
 * holds, and says which promise was broken. Names of dropped files are used once each; lanes are segments.
 */
public final class Oracle {

    /** The promises, with their numbers in the README. */
    public enum Promise {
        NOTHING_LOST,
        UNSAFE_AT_MOST_ONCE,
        RECORDED_BEFORE_SENT,
        ORDER_KEPT,
        DELIVERED_IS_THERE,
        ONLY_FAULTS_OF_THE_FILE_END_IT,
        DEAD_LETTERS_ARE_COMPLETE,
        EXPLAINED
    }

    /** A broken promise, and how. */
    public record Violation(Promise promise, String how) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final Path drop;
    private final List<Pair> pairs;
    private final Account account;
    private final Journal journal;
    private final LedgerBook book;
    private final List<Violation> violations = new ArrayList<>();

    private Oracle(Path home, Path drop, List<Pair> pairs, StandInApi api) {
        this.home = home;
        this.drop = drop;
        this.pairs = List.copyOf(pairs);
        this.account = api.account();
        this.journal = api.journal();
        this.book = LedgerBook.of(home);
    }

    /** What is wrong after these pairs were dropped, in this order, into this drop, and everything came to rest. */
    public static List<Violation> violations(Path home, Path drop, List<Pair> pairs, StandInApi api) {
        return new Oracle(home, drop, pairs, api).judge();
    }

    private List<Violation> judge() {
        for (Pair pair : pairs) {
            List<Import> found = book.imports(pair.file());
            if (found.size() != 1) {
                broken(Promise.NOTHING_LOST, pair, "expected one import, found " + found.size());
            } else {
                judge(pair, found.getFirst());
            }
        }
        new TreeSet<>(pairs.stream().map(Pair::segment).toList()).forEach(this::judge);
        long campaigns = pairs.stream()
                .filter(pair -> pair.kind() == Pair.Kind.CAMPAIGN)
                .flatMap(pair -> book.imports(pair.file()).stream())
                .mapToLong(one -> book.chunks(one.id()).size())
                .sum();
        if (account.efforts() > campaigns) {
            broken(
                    Promise.UNSAFE_AT_MOST_ONCE,
                    "expected at most " + campaigns + " campaign efforts, found " + account.efforts());
        }
        return List.copyOf(violations);
    }

    private void judge(Pair pair, Import one) {
        state(pair, one);
        files(pair, one);
        receipt(pair, one);
        if (pair.kind() == Pair.Kind.CAMPAIGN) {
            for (Chunk chunk : book.chunks(one.id())) {
                long times = account.applied(pair.segment()).stream()
                        .filter(applied -> applied.sha256().equals(chunk.sha256()))
                        .count();
                if (times > 1) {
                    broken(
                            Promise.UNSAFE_AT_MOST_ONCE,
                            pair,
                            "chunk " + chunk.number() + " went in " + times + " times");
                }
            }
        }
    }

    private void state(Pair pair, Import one) {
        boolean expected = switch (one.state()) {
            case "DELIVERED" -> pair.kind() != Pair.Kind.BROKEN;
            case "REJECTED" -> pair.kind() == Pair.Kind.BROKEN;
            case "HELD" -> pair.kind() == Pair.Kind.CAMPAIGN && "API_IN_DOUBT".equals(one.code());
            case "READY" -> isBehindHeld(one);
            default -> false;
        };
        if (!expected) {
            broken(
                    Promise.ONLY_FAULTS_OF_THE_FILE_END_IT,
                    pair,
                    "it is " + one.state() + " with " + one.code() + ": " + one.reason());
        }
    }

    private boolean isBehindHeld(Import one) {
        return book.imports().stream()
                .anyMatch(other -> other.state().equals("HELD") && other.seq() < one.seq() && other.isInLaneOf(one));
    }

    private void files(Pair pair, Import one) {
        Path place = place(one);
        if (!pair.csv().equals(text(place.resolve("source.csv")).orElse(""))
                || !pair.sidecar().equals(text(place.resolve("sidecar.json")).orElse(""))) {
            broken(Promise.NOTHING_LOST, pair, "its bytes are not in " + home.relativize(place));
        }
        if (isThere(drop.resolve(pair.file())) || isThere(drop.resolve(pair.file() + ".json"))) {
            broken(Promise.NOTHING_LOST, pair, "it is in custody, and still in the drop");
        }
        if (!place.equals(home.resolve("work").resolve(one.id()))
                && isThere(home.resolve("work").resolve(one.id()))) {
            broken(Promise.NOTHING_LOST, pair, "it has ended, and is still in work");
        }
        if (one.isDeadLetter()
                && text(place.resolve("reason.json"))
                        .filter(t -> t.contains("\"cause\""))
                        .isEmpty()) {
            broken(Promise.DEAD_LETTERS_ARE_COMPLETE, pair, "it has no reason.json with a cause");
        }
    }

    private Path place(Import one) {
        return switch (one.state()) {
            case "DELIVERED" ->
                home.resolve("archive").resolve(one.drop()).resolve(one.day()).resolve(one.id());
            case "REJECTED", "UNDELIVERABLE" ->
                home.resolve("dead-letter").resolve(one.drop()).resolve(one.id());
            default -> home.resolve("work").resolve(one.id());
        };
    }

    private void receipt(Pair pair, Import one) {
        JsonNode receipt = text(drop.resolve("receipts").resolve(pair.file() + ".receipt.json"))
                .map(Oracle::json)
                .orElseGet(JSON::createObjectNode);
        String expected = one.state().equals("READY") ? "waiting" : one.state().toLowerCase(java.util.Locale.ROOT);
        if (!receipt.path("state").asText().equals(expected)
                || !receipt.path("import").asText().equals(one.id())) {
            broken(
                    Promise.EXPLAINED,
                    pair,
                    "expected a receipt that says " + expected + ", found " + receipt.path("state"));
        }
    }

    private void judge(long segment) {
        List<Import> imports = book.imports().stream()
                .filter(one -> Long.valueOf(segment).equals(one.segment()))
                .toList();
        recorded(segment, imports);
        order(segment, imports);
        if (imports.stream().noneMatch(one -> one.state().equals("HELD"))) {
            members(segment, imports);
        }
    }

    private void recorded(long segment, List<Import> imports) {
        long asked = journal.imports(segment).size();
        long attempts =
                imports.stream().mapToLong(one -> book.attempts(one.id())).sum();
        if (asked > attempts) {
            broken(
                    Promise.RECORDED_BEFORE_SENT,
                    "segment " + segment + ": " + asked + " requests, but " + attempts + " attempts in the ledger");
        }
    }

    /** The chunks went in as planned; one that was repeated was so before anything later went in. */
    private void order(long segment, List<Import> imports) {
        List<String> planned = imports.stream()
                .flatMap(one -> book.chunks(one.id()).stream())
                .map(Chunk::sha256)
                .toList();
        int at = 0;
        for (Account.Applied applied : account.applied(segment)) {
            int next = planned.subList(at, planned.size()).indexOf(applied.sha256());
            if (next < 0) {
                broken(
                        Promise.ORDER_KEPT,
                        "segment " + segment + ": chunks went in as " + account.applied(segment) + ", planned as "
                                + planned);
                return;
            }
            at += next;
        }
    }

    private void members(long segment, List<Import> imports) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Import one : imports) {
            pairs.stream()
                    .filter(pair ->
                            pair.file().equals(one.file()) && one.state().equals("DELIVERED"))
                    .forEach(pair -> {
                        if (pair.kind() == Pair.Kind.CLEARS) {
                            expected.clear();
                        }
                        pair.rows().forEach(row -> expected.put(row.strip(), pair.file()));
                    });
        }
        Map<String, String> found = new LinkedHashMap<>();
        account.members(segment)
                .forEach((address, columns) -> found.put(address, String.valueOf(columns.get("varr_from"))));
        if (!found.equals(expected)) {
            broken(Promise.DELIVERED_IS_THERE, "segment " + segment + ": expected " + expected + ", found " + found);
        }
    }

    private void broken(Promise promise, Pair pair, String how) {
        broken(promise, pair.file() + ": " + how);
    }

    private void broken(Promise promise, String how) {
        violations.add(new Violation(promise, how));
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<String> text(Path file) {
        try {
            return isThere(file) ? Optional.of(Files.readString(file, UTF_8)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
