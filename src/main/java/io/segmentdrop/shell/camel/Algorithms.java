package io.segmentdrop.shell.camel;

import com.jcraft.jsch.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a session may agree on: nothing that rests on SHA-1, MD5, CBC or DSA. Set for each session, since JSch's own settings
 * are those of the whole program.
 */
final class Algorithms {

    /** The fast ones first. */
    private static final String CIPHERS =
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes256-ctr,aes192-ctr,"
                    + "chacha20-poly1305@openssh.com";

    private static final String MACS =
            "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

    private static final String KEY_EXCHANGES = "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,"
            + "ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
            + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256";

    private static final List<String> SIGNATURES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "rsa-sha2-512",
            "rsa-sha2-256");

    private Algorithms() {}

    /** @param types the types of host keys to ask for first */
    static void limit(Session session, List<String> types) {
        settings(types).forEach(session::setConfig);
    }

    static Map<String, String> settings(List<String> types) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kex", KEY_EXCHANGES);
        settings.put("server_host_key", String.join(",", signatures(types)));
        settings.put("PubkeyAcceptedAlgorithms", String.join(",", SIGNATURES));
        settings.put("ca_signature_algorithms", String.join(",", SIGNATURES));
        // the order of the line above is the pinned types' already
        settings.put("prefer_known_host_key_types", "no");
        for (String way : List.of("c2s", "s2c")) {
            settings.put("cipher." + way, CIPHERS);
            settings.put("mac." + way, MACS);
            settings.put("compression." + way, "none");
        }
        return settings;
    }

    /** A key of type {@code ssh-rsa} signs with {@code rsa-sha2}. */
    private static List<String> signatures(List<String> types) {
        Map<Boolean, List<String>> pinned = SIGNATURES.stream()
                .collect(Collectors.partitioningBy(signature ->
                        types.contains(signature) || (signature.startsWith("rsa-") && types.contains("ssh-rsa"))));
        return Stream.of(true, false)
                .flatMap(first -> pinned.getOrDefault(first, new ArrayList<>()).stream())
                .toList();
    }
}
