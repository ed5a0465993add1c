package io.segmentdrop.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a name may be instead of a regular file. */
public enum NoFile {
    /** Blocks whoever opens it for reading, until somebody writes. */
    PIPE,
    LINK,
    /** A link to a pipe, which would block whoever follows it. */
    LINK_TO_A_PIPE,
    FOLDER,
    SOCKET;

    /** The program that makes pipes. */
    public static final String MKFIFO = "/usr/bin/mkfifo";

    /** Puts it in the place of whatever file, link or empty folder is there. */
    public void at(Path place) {
        try {
            Files.deleteIfExists(place);
            make(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make(Path place) throws IOException {
        Path aside = Files.createTempDirectory("no-file").resolve("target");
        switch (this) {
            case PIPE -> pipe(place);
            case LINK -> Files.createSymbolicLink(place, Files.writeString(aside, "email\nsecret@example.com\n"));
            case LINK_TO_A_PIPE -> {
                pipe(aside);
                Files.createSymbolicLink(place, aside);
            }
            case FOLDER -> Files.writeString(Files.createDirectory(place).resolve("inside"), "inside");
            case SOCKET -> {
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    // the address may be no longer than 108 bytes
                    socket.bind(UnixDomainSocketAddress.of(aside));
                    Files.move(aside, place);
                }
            }
        }
    }

    private static void pipe(Path place) throws IOException {
        try {
            if (new ProcessBuilder(MKFIFO, place.toString()).start().waitFor() != 0) {
                throw new IOException("expected to make a pipe at " + place);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
