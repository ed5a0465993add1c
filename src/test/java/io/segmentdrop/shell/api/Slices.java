package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** Slices of files as a plan would have them. */
final class Slices {

    static final String HEADER = "email,varr_firstname\n";

    private Slices() {}

    /** The whole file that these rows are written to. */
    static Slice whole(Path file, String rows) throws IOException {
        Files.writeString(file, rows);
        return of(file, 0, Files.size(file), sha256(HEADER + rows));
    }

    /** A part of the rows that these are written to. */
    static Slice part(Path file, String rows, int offset, int length) throws IOException {
        Files.writeString(file, rows);
        return of(file, offset, length, sha256(HEADER + rows.substring(offset, offset + length)));
    }

    static Slice of(Path file, long offset, long length, String sha256) throws IOException {
        long mtime = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        return new Slice(file, offset, length, Files.size(file), mtime, HEADER, sha256);
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(UTF_8)));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
