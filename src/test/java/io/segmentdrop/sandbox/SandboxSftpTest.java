package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's own SFTP server; what drops there is tested from outside. */
class SandboxSftpTest {

    @TempDir
    Path folder;

    @Test
    void takesAnotherPortWhereItsOwnIsTaken() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (SandboxSftp first = SandboxSftp.start(0, folder, folder);
                SandboxSftp second = SandboxSftp.start(first.port(), other, other)) {
            assertThat(second.port()).isPositive().isNotEqualTo(first.port());
            assertThat(other.resolve("sftp-known-hosts"))
                    .content()
                    .startsWith("[127.0.0.1]:" + second.port() + " ecdsa-sha2-nistp256 ");
        }
    }
}
