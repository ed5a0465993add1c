package io.segmentdrop.shell.camel;

import io.segmentdrop.core.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The host keys that are pinned for one server. Nothing else is ever accepted, and there is no switch to change that.
 *
 * @param keys what is trusted
 * @param revoked what is refused although it may be trusted as well
 */
record PinnedKeys(List<HostKeyLine> keys, List<HostKeyLine> revoked) {

    /**
     * Reads the account's file anew, so that a key pinned meanwhile counts.
     *
     * @throws SftpFault if the file cannot be read
     */
    static PinnedKeys of(Account account) throws SftpFault {
        try {
            List<KnownHost> known = Files.readAllLines(account.knownHosts()).stream()
                    .map(KnownHost::of)
                    .flatMap(Optional::stream)
                    .filter(host -> host.isOf(account.host(), account.port()))
                    .toList();
            return new PinnedKeys(marked(known, ""), marked(known, "@revoked"));
        } catch (IOException | RuntimeException e) {
            throw new SftpFault(
                    Code.SRC_HOST_KEY_UNPINNED,
                    "expected host keys in OpenSSH's format in " + account.knownHosts() + ", found "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static List<HostKeyLine> marked(List<KnownHost> known, String marker) {
        return known.stream()
                .filter(host -> host.marker().equals(marker))
                .map(KnownHost::key)
                .toList();
    }

    boolean accepts(HostKeyLine shown) {
        return keys.contains(shown) && !revoked.contains(shown);
    }

    /** The types of the pinned keys, so that the server is asked for one of those first. */
    List<String> types() {
        return keys.stream().map(HostKeyLine::type).distinct().toList();
    }

    /** Why a key that the server showed is not accepted. */
    SftpFault refusal(Account account, HostKeyLine shown) {
        if (keys.isEmpty()) {
            return new SftpFault(
                    Code.SRC_HOST_KEY_UNPINNED,
                    "expected a key of " + account.host() + ":" + account.port() + " in " + account.knownHosts()
                            + ", found none; the server shows " + shown.fingerprint());
        }
        return new SftpFault(
                Code.SRC_HOST_KEY_CHANGED,
                "expected the pinned host key "
                        + keys.stream().map(HostKeyLine::fingerprint).collect(Collectors.joining(" or ")) + ", found "
                        + shown.fingerprint() + "; nothing was sent to " + account.host());
    }
}
