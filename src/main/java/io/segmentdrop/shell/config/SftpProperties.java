package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;

/**
 * The keys of an SFTP drop; files, so that no secret needs to stand in the configuration.
 *
 * @param privateKeyFile the private key of the account; this or password-file
 * @param knownHostsFile the file that pins the server's host key, in OpenSSH's format
 * @param passphrase the private key's passphrase
 * @param passphraseFile the file that holds the private key's passphrase
 * @param passwordFile the file that holds the account's password
 */
public record SftpProperties(
        @Nullable String privateKeyFile,
        @Nullable String knownHostsFile,
        @Nullable Secret passphrase,
        @Nullable String passphraseFile,
        @Nullable String passwordFile) {

    public SftpProperties {
        privateKeyFile = Texts.orNull(privateKeyFile);
        knownHostsFile = Texts.orNull(knownHostsFile);
        passphrase = Secret.orNull(passphrase);
        passphraseFile = Texts.orNull(passphraseFile);
        passwordFile = Texts.orNull(passwordFile);
    }
}
