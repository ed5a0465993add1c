package io.segmentdrop.shell.sftp;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * An SSH client that knows nothing but what it is given: no configuration, key, agent or known host of the user who runs
 * the program, and no algorithm that rests on SHA-1, MD5, CBC or DSA. One per connection, so that drops share nothing.
 */
final class Ssh {

    /** The fast ones first. */
    private static final List<String> CIPHERS = List.of(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "aes128-ctr",
            "aes256-ctr",
            "aes192-ctr",
            "chacha20-poly1305@openssh.com");

    private static final List<String> MACS =
            List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512");

    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private Ssh() {}

    /** @param types the types of host keys to ask for first */
    static SshClient client(List<String> types, Limits limits) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(null);
        client.setCipherFactoriesNames(CIPHERS);
        client.setMacFactoriesNames(MACS);
        client.setCompressionFactoriesNames("none");
        client.setSignatureFactories(signatures(types));
        client.setKeyExchangeFactories(client.getKeyExchangeFactories().stream()
                .filter(factory -> !factory.getName().endsWith("-sha1"))
                .toList());
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        CoreModuleProperties.NIO_WORKERS.set(client, 2);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, limits.exchange().plus(limits.signIn()));
        return client;
    }

    /** A key of type {@code ssh-rsa} signs with {@code rsa-sha2}. */
    private static List<NamedFactory<Signature>> signatures(List<String> types) {
        List<NamedFactory<Signature>> first = new ArrayList<>();
        List<NamedFactory<Signature>> others = new ArrayList<>();
        for (BuiltinSignatures signature : SIGNATURES) {
            boolean pinned = types.contains(signature.getName())
                    || (signature.getName().startsWith("rsa-") && types.contains("ssh-rsa"));
            if (signature.isSupported()) {
                (pinned ? first : others).add(signature);
            }
        }
        first.addAll(others);
        return first;
    }
}
