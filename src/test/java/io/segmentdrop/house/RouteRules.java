package io.segmentdrop.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** How the routes are written: one stage a file, named and described, joined by direct:, with every decision left to a bean. */
final class RouteRules {

    /** The files of {@code routes/}; their listing tells the story. */
    static final List<String> FILES = List.of(
            "10-drop-local.camel.yaml",
            "11-drop-sftp.camel.yaml",
            "20-check.camel.yaml",
            "30-send.camel.yaml",
            "31-api.camel.yaml",
            "40-settle.camel.yaml",
            "50-receipt.camel.yaml",
            "60-notify.camel.yaml",
            "70-rejects.camel.yaml",
            "80-retention.camel.yaml",
            "90-errors.camel.yaml");

    /** In the long form that Camel and Kaoto want, a choice alone takes twenty. */
    private static final int MAX_LINES = 140;

    private static final Set<String> KINDS = new TreeSet<>(Set.of("route", "routeConfiguration", "routeTemplate"));
    private static final Set<String> LANGUAGES =
            Set.of("groovy", "java", "joor", "js", "jq", "mvel", "ognl", "python", "script", "spel", "wasm", "xquery");
    private static final Set<String> SCHEMES =
            Set.of("exec", "ftp", "ftps", "groovy", "jdbc", "jpa", "language", "sql", "sql-stored");
    /** A server that is not pinned could be anybody's, and a name that it lists could lead anywhere (CVE-2026-79983). */
    private static final Set<String> PINNED = new TreeSet<>(Set.of("strictHostKeyChecking", "knownHostsFile"));

    private static final Set<String> PLAIN_NAMES = new TreeSet<>(Set.of("include", "filter"));
    private static final Set<String> ENDS = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z0-9]+)*");
    private static final Pattern SQL =
            Pattern.compile("(?is).*\\b(select\\s.+\\sfrom|insert\\s+into|update\\s+\\w+\\s+set|delete\\s+from)\\b.*");
    private static final Pattern ARITHMETIC = Pattern.compile(
            "(?s).*(\\+\\+|--|[}\\d]\\s+[-+*/%]\\s+[\\d$]|\\$\\{(abs|average|ceil|floor|max|min|sum)\\b).*");

    private final List<String> faults = new ArrayList<>();
    private final Set<String> ids = new TreeSet<>();
    private final Set<String> consumed = new TreeSet<>();
    private final Map<String, String> called = new TreeMap<>();

    private RouteRules() {}

    /** What is wrong with the files of this folder, one sentence each; empty if nothing is. */
    static List<String> faults(Path folder) {
        RouteRules rules = new RouteRules();
        List<Path> files = list(folder);
        files.forEach(rules::checkFile);
        rules.checkJoints();
        return List.copyOf(rules.faults);
    }

    /** The names of the files in this folder, in their order; empty if there is no such folder. */
    static List<String> names(Path folder) {
        return list(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkFile(Path file) {
        BiConsumer<Boolean, String> expect = (holds, fault) -> {
            if (!holds) {
                faults.add(file.getFileName() + ": " + fault);
            }
        };
        String text = ProjectFiles.read(file);
        long lines = text.lines().count();
        expect.accept(lines <= MAX_LINES, "expected at most " + MAX_LINES + " lines, found " + lines);
        Object content = new Yaml().load(text);
        expect.accept(content instanceof List<?> list && !list.isEmpty(), "expected a list of " + KINDS);
        if (content instanceof List<?> entries) {
            entries.forEach(entry -> checkEntry(entry, expect));
        }
    }

    private void checkEntry(Object entry, BiConsumer<Boolean, String> expect) {
        Map<?, ?> map = entry instanceof Map<?, ?> found ? found : Map.of();
        String kind =
                String.join(",", map.keySet().stream().map(String::valueOf).toList());
        expect.accept(KINDS.contains(kind), "expected one of " + KINDS + ", found " + kind);
        if (KINDS.contains(kind) && map.get(kind) instanceof Map<?, ?> body) {
            String id = String.valueOf(body.get("id"));
            checkId(kind, body.get("id") == null ? null : id, expect);
            expect.accept(
                    body.get("description") instanceof String words && words.length() > 10,
                    "expected a description of " + id);
            walk(kind, body, expect);
        }
    }

    /** A configuration with an id holds only for the routes that name it: a fault in any other would go unheard. */
    private void checkId(String kind, @Nullable String id, BiConsumer<Boolean, String> expect) {
        if (kind.equals("routeConfiguration")) {
            expect.accept(id == null, "expected no id, so that it holds for every route, found " + id);
        } else {
            expect.accept(id != null && KEBAB.matcher(id).matches(), "expected a kebab-case id, found " + id);
            expect.accept(id == null || ids.add(id), "expected an id of its own, found " + id + " twice");
        }
    }

    private void walk(String key, Object value, BiConsumer<Boolean, String> expect) {
        expect.accept(!LANGUAGES.contains(key), "expected a bean to decide, found " + key);
        expect.accept(!ENDS.contains(key) || value instanceof Map, "expected uri and parameters below " + key);
        switch (value) {
            case Map<?, ?> map -> {
                checkServer(key, map, expect);
                map.forEach((name, inner) -> {
                    if (inner != null) {
                        noteJoint(key, String.valueOf(name), inner);
                        walk(String.valueOf(name), inner, expect);
                    }
                });
            }
            case List<?> list -> list.forEach(inner -> walk("-", inner, expect));
            case String text -> checkText(key, text, expect);
            default -> {}
        }
    }

    private static void checkServer(String key, Map<?, ?> end, BiConsumer<Boolean, String> expect) {
        if (end.get("uri") instanceof String uri && uri.split(":", 2)[0].equals("sftp")) {
            Map<?, ?> parameters = end.get("parameters") instanceof Map<?, ?> found ? found : Map.of();
            Set<String> missing = new TreeSet<>(PINNED);
            if (key.equals("from")) {
                missing.addAll(PLAIN_NAMES);
            }
            missing.removeIf(parameters::containsKey);
            expect.accept(missing.isEmpty(), "expected sftp: with " + missing);
            expect.accept(
                    missing.contains("strictHostKeyChecking") || "yes".equals(parameters.get("strictHostKeyChecking")),
                    "expected strictHostKeyChecking: \"yes\", found " + parameters.get("strictHostKeyChecking"));
        }
    }

    private void noteJoint(String key, String name, Object value) {
        if (name.equals("uri") && value instanceof String uri && uri.startsWith("direct:") && !uri.contains("{{")) {
            if (key.equals("from")) {
                consumed.add(uri);
            } else {
                called.put(uri, key);
            }
        }
    }

    private static void checkText(String key, String text, BiConsumer<Boolean, String> expect) {
        if (key.equals("uri")) {
            expect.accept(!text.contains("?"), "expected parameters below uri, found " + text);
            expect.accept(!SCHEMES.contains(text.split(":", 2)[0]), "expected a bean instead of " + text);
        }
        if (!key.equals("description")) {
            expect.accept(!SQL.matcher(text).matches(), "expected no SQL, found " + text);
        }
        if (key.equals("simple") || key.equals("expression")) {
            expect.accept(!ARITHMETIC.matcher(text).matches(), "expected a bean to reckon, found " + text);
        }
    }

    private void checkJoints() {
        called.keySet().stream()
                .filter(uri -> !consumed.contains(uri))
                .forEach(uri -> faults.add("expected a route from " + uri + ", which another one calls"));
    }
}
