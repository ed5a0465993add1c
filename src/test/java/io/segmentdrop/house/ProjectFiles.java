package io.segmentdrop.house;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The project's own files, seen from the folder of the pom, in which Maven runs the tests. */
final class ProjectFiles {

    static final Path ROOT = Path.of("").toAbsolutePath();

    private ProjectFiles() {}

    /** Every {@code .java} file, tests and package-infos too, in the order of their paths. */
    static List<Path> javaSources() {
        return below(ROOT.resolve("src")).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** Every file but those in {@code .git} and in the folders that {@code .gitignore} names. */
    static List<Path> all() {
        return below(ROOT);
    }

    /** The file's text, in UTF-8. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("expected a text in UTF-8: " + file, e);
        }
    }

    /** The file's bytes as characters, whatever its encoding. */
    static String readLatin1(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How messages name a file. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static List<Path> below(Path folder) {
        Walk walk = new Walk(ignoredFolders());
        try {
            Files.walkFileTree(folder, walk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return walk.files.stream().sorted().toList();
    }

    private static Set<String> ignoredFolders() {
        Stream<String> named = read(ROOT.resolve(".gitignore"))
                .lines()
                .filter(line -> line.endsWith("/"))
                .map(line -> line.substring(0, line.length() - 1));
        return Stream.concat(Stream.of(".git"), named).collect(toUnmodifiableSet());
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Set<String> ignored;
        private final List<Path> files = new ArrayList<>();

        Walk(Set<String> ignored) {
            this.ignored = ignored;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isIgnored(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isIgnored(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isIgnored(Path path) {
            return ignored.contains(String.valueOf(path.getFileName()));
        }
    }
}
