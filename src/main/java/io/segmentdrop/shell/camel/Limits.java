package io.segmentdrop.shell.camel;

import java.time.Duration;

/**
 * How long each phase may take.
 *
 * @param connect until the connection is open
 * @param exchange until the server has shown its host key and both have agreed on keys
 * @param signIn until the account is accepted, and again until SFTP has begun
 * @param list for one whole listing
 * @param read for any other request; while a file moves, for 1 KiB per second of this time
 */
public record Limits(Duration connect, Duration exchange, Duration signIn, Duration list, Duration read) {

    public static final Limits DEFAULTS = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));
}
