package io.segmentdrop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The jar laid out, and what its start loads kept for the next one, as the README tells operations to do it. Made once for all
 * tests of a run: it halves the time of a start, and starts are most of the time of the end-to-end tests.
 */
final class KeptStart {

    /** The first JDK that keeps a start by one option. */
    private static final int FIRST = 25;

    private final Path jar;
    private final Path cache;

    private KeptStart(Path folder) {
        this.jar = folder.resolve("app").resolve(Server.JAR.getFileName());
        this.cache = folder.resolve("start.aot");
    }

    /** Made by the first test that starts a server. */
    private static final class Holder {

        static final KeptStart MADE = make();
    }

    /** The same server, started from what was kept; the jar as it is before JDK 25. */
    static Server.Setup of(Server.Setup setup) {
        return Runtime.version().feature() < FIRST
                ? setup
                : setup.jar(Holder.MADE.jar).moreFlags("-XX:AOTCache=" + Holder.MADE.cache);
    }

    private static KeptStart make() {
        try {
            // also for servers that run as somebody else
            Path folder = Files.createTempDirectory(
                    "kept-start", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            KeptStart made = new KeptStart(folder);
            made.layOut();
            made.keep(Files.createDirectory(folder.resolve("run")));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void layOut() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Server.JAVA.toString(),
                        "-Djarmode=tools",
                        "-jar",
                        Server.JAR.toString(),
                        "extract",
                        "--destination",
                        String.valueOf(jar.getParent()))
                .inheritIO()
                .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("expected the jar to be laid out");
        }
    }

    /** One start and stop, of which the JVM keeps what was loaded. */
    private void keep(Path folder) {
        Server.Setup setup = Server.Setup.ofJar(folder, URI.create("http://127.0.0.1:9"))
                .jar(jar)
                .drop("acme", "[{id: 1}]")
                .jvm("-XX:AOTCacheOutput=" + cache);
        try (Server server = Server.start(setup)) {
            server.get("/api/imports");
            server.stop();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // it lies in the folder for temporary files
        }
    }
}
