package io.segmentdrop.shell.sftp;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.sftp.Account.SignIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Gives a session what its account proves itself with; read anew at each sign-in, kept nowhere. */
final class SignInKeys {

    private SignInKeys() {}

    static void give(SignIn signIn, ClientSession session) throws SftpFault {
        try {
            switch (signIn) {
                case SignIn.Key key -> session.addPublicKeyIdentity(load(key));
                case SignIn.Password password -> session.addPasswordIdentity(firstLine(password.file()));
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new SftpFault(
                    Code.SRC_KEY_UNREADABLE,
                    "expected to read " + signIn.file() + (signIn instanceof SignIn.Key ? " with its passphrase" : "")
                            + ", found " + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static KeyPair load(SignIn.Key key) throws IOException, GeneralSecurityException {
        @Nullable String passphrase = key.passphrase().get();
        FilePasswordProvider provider =
                passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase);
        try (InputStream in = Files.newInputStream(key.file())) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("the key file"), in, provider);
            if (pairs == null || !pairs.iterator().hasNext()) {
                throw new IOException("no private key");
            }
            return pairs.iterator().next();
        }
    }

    /** Without its line end. */
    static String firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("");
    }
}
