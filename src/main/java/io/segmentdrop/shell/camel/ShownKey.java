package io.segmentdrop.shell.camel;

import java.nio.file.Path;

/**
 * The host key that a server shows, unverified: for a person who compares its fingerprint before it is pinned.
 *
 * @param fingerprint type and SHA-256, as OpenSSH writes it
 * @param line the line of a known_hosts file that would pin it
 */
public record ShownKey(String fingerprint, String line) {

    /**
     * Asks a server for its key; nothing about an account is sent.
     *
     * @param host a name or an address, an IPv6 one with or without brackets
     */
    public static ShownKey of(String host, int port, Limits limits) throws SftpFault {
        Path none = Path.of("nothing");
        Account nobody = new Account("nobody", host, port, "", new Account.SignIn.Password(none), none);
        HostKeyLine key = SftpConnection.hostKey(nobody, limits);
        String name = port == 22 ? nobody.host() : "[" + nobody.host() + "]:" + port;
        return new ShownKey(key.fingerprint(), name + " " + key.type() + " " + key.base64());
    }
}
