package io.segmentdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.FaultySftp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that shows a server's host key. */
class HostKeyCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return HostKeyCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void prints_the_line_to_pin_and_says_the_fingerprint_to_compare() {
        try (FaultySftp server = FaultySftp.start(folder)) {
            assertThat(run("hostkey", "sftp://127.0.0.1:" + server.port())).isZero();
            assertThat(out).hasToString(server.pin());
            assertThat(err.toString()).contains(server.fingerprint()).contains("Ask the partner");
        }
    }

    @Test
    void says_that_nobody_answers() {
        assertThat(run("hostkey", "sftp://127.0.0.1:1")).isEqualTo(HostKeyCommand.UNREACHABLE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "ssh://host", "sftp://", "sftp://a b", "sftp://h:0", "sftp://h:65536"})
    void wants_a_server(String server) {
        assertThat(run("hostkey", server)).isEqualTo(CheckCommand.USAGE);
        assertThat(HostKeyCommand.isMeant("hostkey", server)).isTrue();
    }
}
