package io.segmentdrop.shell.sftp;

import io.segmentdrop.core.problem.Code;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;

/**
 * The host keys that are pinned for one server. Nothing else is ever accepted, and there is no switch to change that.
 *
 * @param keys what is trusted
 * @param revoked what is refused although it may be trusted as well
 */
record PinnedKeys(List<PublicKey> keys, List<PublicKey> revoked) {

    /**
     * Reads the account's file anew, so that a key pinned meanwhile counts.
     *
     * @throws SftpFault if the file cannot be read
     */
    static PinnedKeys of(Account account) throws SftpFault {
        List<PublicKey> keys = new ArrayList<>();
        List<PublicKey> revoked = new ArrayList<>();
        try {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(account.knownHosts())) {
                PublicKey key = key(entry, account);
                if (key != null && "revoked".equals(entry.getMarker())) {
                    revoked.add(key);
                } else if (key != null && entry.getMarker() == null) {
                    keys.add(key);
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new SftpFault(
                    Code.SRC_HOST_KEY_UNPINNED,
                    "expected host keys in OpenSSH's format in " + account.knownHosts() + ", found "
                            + e.getClass().getSimpleName(),
                    e);
        }
        return new PinnedKeys(keys, revoked);
    }

    private static @Nullable PublicKey key(KnownHostEntry entry, Account account)
            throws IOException, GeneralSecurityException {
        return entry.isHostMatch(account.host(), account.port())
                ? entry.getKeyEntry().resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.IGNORING)
                : null;
    }

    boolean accepts(PublicKey shown) {
        return isIn(keys, shown) && !isIn(revoked, shown);
    }

    private static boolean isIn(List<PublicKey> keys, PublicKey shown) {
        return keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, shown));
    }

    /** The types of the pinned keys, so that the server is asked for one of those first. */
    List<String> types() {
        return keys.stream().map(KeyUtils::getKeyType).distinct().toList();
    }

    /** Why a key that the server showed is not accepted. */
    SftpFault refusal(Account account, PublicKey shown) {
        if (keys.isEmpty()) {
            return new SftpFault(
                    Code.SRC_HOST_KEY_UNPINNED,
                    "expected a key of " + account.host() + ":" + account.port() + " in " + account.knownHosts()
                            + ", found none; the server shows " + fingerprint(shown));
        }
        return new SftpFault(
                Code.SRC_HOST_KEY_CHANGED,
                "expected the pinned host key "
                        + keys.stream().map(PinnedKeys::fingerprint).collect(Collectors.joining(" or ")) + ", found "
                        + fingerprint(shown) + "; nothing was sent to " + account.host());
    }

    static String fingerprint(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    }
}
