package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A partner: drops files into one folder, carefully or not. */
public record Dropper(Path drop) {

    /** A sidecar that needs nothing else. */
    public static String sidecar(long segment) {
        return "{\"segment\": " + segment + ", \"clear\": false}";
    }

    /** A sidecar that proves its CSV. */
    public static String proving(long segment, String csv) {
        byte[] bytes = csv.getBytes(UTF_8);
        return "{\"segment\": %d, \"clear\": false, \"bytes\": %d, \"sha256\": \"%s\"}"
                .formatted(segment, bytes.length, sha256(bytes));
    }

    /** A small CSV of so many rows, which differs from that of every other seed. */
    public static String csv(String seed, int rows) {
        StringBuilder csv = new StringBuilder("email\n");
        for (int i = 0; i < rows; i++) {
            csv.append(seed).append('-').append(i).append("@example.com\n");
        }
        return csv.toString();
    }

    /** Carefully: the CSV under a temporary name, renamed when it is whole, then the sidecar likewise. */
    public void pair(String name, String csv, String sidecar) {
        whole(name, csv);
        whole(name + ".json", sidecar);
    }

    /** One file under a temporary name, renamed when it is whole. */
    public void whole(String name, String content) {
        try {
            Path growing = Files.createTempFile(drop, ".", ".part");
            Files.writeString(growing, content);
            Files.move(growing, drop.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carelessly: the next piece of a file under its own name. */
    public void piece(String name, String more) {
        try {
            Files.writeString(drop.resolve(name), more, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing of this name lies there. */
    public boolean isGone(String name) {
        return !Files.exists(drop.resolve(name), java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    /** In lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
