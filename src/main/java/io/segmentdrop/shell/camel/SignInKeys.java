package io.segmentdrop.shell.camel;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.camel.Account.SignIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gives a session what its account proves itself with; read anew at each sign-in, kept nowhere. */
final class SignInKeys {

    private SignInKeys() {}

    /** What there is to prove oneself with, and nothing else, is tried, and once: each try counts at the server. */
    static void give(SignIn signIn, JSch jsch, Session session) throws SftpFault {
        session.setConfig("MaxAuthTries", "1");
        try {
            switch (signIn) {
                case SignIn.Key key -> {
                    load(key, jsch);
                    session.setConfig("PreferredAuthentications", "publickey");
                }
                case SignIn.Password password -> {
                    session.setPassword(firstLine(password.file()).getBytes(StandardCharsets.UTF_8));
                    session.setConfig("PreferredAuthentications", "password");
                }
            }
        } catch (IOException | JSchException | RuntimeException e) {
            throw new SftpFault(
                    Code.SRC_KEY_UNREADABLE,
                    "expected to read " + signIn.file() + (signIn instanceof SignIn.Key ? " with its passphrase" : "")
                            + ", found " + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static void load(SignIn.Key key, JSch jsch) throws IOException, JSchException {
        @Nullable String text = key.passphrase().get();
        byte @Nullable [] passphrase = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        byte[] file = Files.readAllBytes(key.file());
        KeyPair pair = KeyPair.load(jsch, file, null);
        boolean open = !pair.isEncrypted() || (passphrase != null && pair.decrypt(passphrase));
        pair.dispose();
        if (!open) {
            throw new IOException("another passphrase");
        }
        jsch.addIdentity("drop", file, null, passphrase);
    }

    /** Without its line end. */
    static String firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("");
    }
}
