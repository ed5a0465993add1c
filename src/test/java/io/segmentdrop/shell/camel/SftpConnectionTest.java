package io.segmentdrop.shell.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.camel.Account.SignIn;
import io.segmentdrop.testkit.FaultySftp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does before there is a folder to look at. */
class SftpConnectionTest {

    private static final Duration BRIEF = Duration.ofMillis(400);
    private static final Limits LIMITS = new Limits(BRIEF, BRIEF, BRIEF, BRIEF, BRIEF);

    @TempDir
    Path folder;

    private Account account(int port, SignIn signIn) {
        return new Account(FaultySftp.USER, "127.0.0.1", port, "", signIn, folder.resolve("known_hosts"));
    }

    private SignIn password() throws IOException {
        return new SignIn.Password(Files.writeString(folder.resolve("password"), FaultySftp.PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-quiet\r\n"})
    void a_server_that_falls_silent_in_the_key_exchange_is_left(String greeting) throws IOException {
        Files.writeString(folder.resolve("known_hosts"), "\n");
        // held on to, since a socket that nobody holds is closed when the garbage is collected
        AtomicReference<Socket> held = new AtomicReference<>();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    held.set(silent.accept());
                    held.get().getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the test has ended
                }
            });
            SftpFault fault = catchThrowableOfType(
                    SftpFault.class, () -> SftpConnection.open(account(silent.getLocalPort(), password()), LIMITS));
            assertThat(fault.code()).isEqualTo(Code.SRC_TIMEOUT);
            assertThat(fault).hasMessageContaining("(key exchange)");
            held.get().close();
        }
    }

    @Test
    void a_key_that_cannot_be_read_is_told_without_its_words() throws IOException {
        try (FaultySftp server = FaultySftp.start(folder.resolve("server"))) {
            server.pin(folder.resolve("known_hosts"));
            Path key = Files.writeString(folder.resolve("key"), "-----BEGIN nonsense");
            SftpFault fault = catchThrowableOfType(
                    SftpFault.class,
                    () -> SftpConnection.open(
                            account(server.port(), new SignIn.Key(key, () -> "sesame", null)), Limits.DEFAULTS));
            assertThat(fault.code()).isEqualTo(Code.SRC_KEY_UNREADABLE);
            assertThat(fault.getMessage()).doesNotContain("sesame").doesNotContain("nonsense");
            assertThat(server.asked(FaultySftp.At.SIGN_IN)).isZero();
        }
    }

    @Test
    void the_key_that_a_server_shows_can_be_pinned() throws IOException {
        try (FaultySftp server = FaultySftp.start(folder.resolve("server"))) {
            ShownKey shown = ShownKey.of("127.0.0.1", server.port(), Limits.DEFAULTS);
            assertThat(shown.line() + "\n").isEqualTo(server.pin());
            assertThat(shown.fingerprint()).endsWith(server.fingerprint());
            assertThat(server.asked(FaultySftp.At.SIGN_IN)).isZero();
        }
    }

    @Test
    void a_revoked_key_is_refused_although_it_is_pinned() throws IOException {
        try (FaultySftp server = FaultySftp.start(folder.resolve("server"))) {
            Files.writeString(folder.resolve("known_hosts"), server.pin() + "@revoked " + server.pin());
            SftpFault fault = catchThrowableOfType(
                    SftpFault.class, () -> SftpConnection.open(account(server.port(), password()), Limits.DEFAULTS));
            assertThat(fault.code()).isEqualTo(Code.SRC_HOST_KEY_CHANGED);
        }
    }

    @Test
    void nothing_weak_is_offered() {
        Map<String, String> settings = Algorithms.settings(List.of("ssh-rsa"));
        assertThat(settings).containsKeys("kex", "cipher.c2s", "cipher.s2c", "mac.c2s", "mac.s2c");
        assertThat(settings.values().toString())
                .doesNotContain("cbc", "sha1", "md5", "ssh-dss", "arcfour", "3des", "ssh-rsa")
                .contains("ssh-ed25519");
        assertThat(settings.get("server_host_key"))
                .as("the pinned type first, never signed with SHA-1")
                .startsWith("rsa-sha2-512,rsa-sha2-256,");
    }
}
