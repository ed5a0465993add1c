package io.segmentdrop.shell.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys of an SFTP drop; files, so that no secret needs to stand in the configuration.
 *
 * @param privateKeyFile the private key of the account; this or password-file
 * @param knownHostsFile the file that pins the server's host key, in OpenSSH's format
 * @param passphrase the private key's passphrase
 * @param passphraseFile the file that holds the private key's passphrase
 * @param passwordFile the file that holds the account's password
 * @param connectTimeout how long the server may take to accept a connection
 * @param exchangeTimeout how long the key exchange may take, the host key with it
 * @param signInTimeout how long the sign-in may take
 * @param listTimeout how long one listing of the folder may take
 * @param readTimeout how long any other request may take; a file that moves must bring 1 KiB per second in such a time
 * @param connections how many connections fetch side by side, each its share of the names; a server that takes fewer is asked by fewer
 */
public record SftpProperties(
        @Nullable String privateKeyFile,
        @Nullable String knownHostsFile,
        @Nullable Secret passphrase,
        @Nullable String passphraseFile,
        @Nullable String passwordFile,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("15s") Duration exchangeTimeout,
        @DefaultValue("15s") Duration signInTimeout,
        @DefaultValue("60s") Duration listTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("2") int connections) {

    public SftpProperties {
        privateKeyFile = Texts.orNull(privateKeyFile);
        knownHostsFile = Texts.orNull(knownHostsFile);
        passphrase = Secret.orNull(passphrase);
        passphraseFile = Texts.orNull(passphraseFile);
        passwordFile = Texts.orNull(passwordFile);
    }
}
