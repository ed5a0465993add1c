package io.segmentdrop.shell.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of a known_hosts file, as OpenSSH's manual describes them. */
class KnownHostTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJVdCNs0pGc0XlM1cJbxvLw5TyHyG/1iUgVJ9jHe3gkr";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sftp.acme.com | sftp.acme.com | 22 | true
        SFTP.acme.com | sftp.acme.com | 22 | true
        sftp.acme.com | SFTP.ACME.COM | 22 | true
        sftp.acme.com | sftp.acme.com | 2222 | false
        [sftp.acme.com]:2222 | sftp.acme.com | 2222 | true
        [sftp.acme.com]:2222 | sftp.acme.com | 22 | false
        [sftp.acme.com]:22 | sftp.acme.com | 22 | true
        other,sftp.acme.com | sftp.acme.com | 22 | true
        *.acme.com | sftp.acme.com | 22 | true
        *.acme.com | acme.com | 22 | false
        sftp?.acme.com | sftp1.acme.com | 22 | true
        [*.acme.com]:2222 | sftp.acme.com | 2222 | true
        *.acme.com,!sftp.acme.com | sftp.acme.com | 22 | false
        !sftp.acme.com | other.com | 22 | false
        a.c | abc | 22 | false
        ::1 | ::1 | 22 | true
        [::1]:2222 | ::1 | 2222 | true
        """)
    void a_line_is_of_the_hosts_that_it_names(String hosts, String host, int port, boolean found) {
        assertThat(KnownHost.of(hosts + " " + KEY + " a comment").orElseThrow().isOf(host, port))
                .isEqualTo(found);
    }

    @Test
    void a_hashed_name_is_known_again() {
        String hashed = "|1|MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=|";
        String hash = hashOf("12345678901234567890", "[sftp.acme.com]:2222");
        KnownHost line = KnownHost.of(hashed + hash + " " + KEY).orElseThrow();
        assertThat(line.isOf("sftp.acme.com", 2222)).isTrue();
        assertThat(line.isOf("sftp.acme.com", 22)).isFalse();
    }

    private static String hashOf(String salt, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(name.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void comments_and_empty_lines_are_none_and_markers_are_kept() {
        assertThat(KnownHost.of("")).isEmpty();
        assertThat(KnownHost.of("  # h " + KEY)).isEmpty();
        assertThat(KnownHost.of("@revoked h " + KEY).orElseThrow().marker()).isEqualTo("@revoked");
        assertThat(KnownHost.of("h " + KEY).orElseThrow().key().type()).isEqualTo("ssh-ed25519");
    }

    @ParameterizedTest
    @CsvSource({"h ssh-ed25519", "h ssh-ed25519 ***", "h ssh-ed25519 AAAA", "h ssh-ed25519 AAAAC3Nz"})
    void what_is_no_such_line_is_told(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> KnownHost.of(line));
    }
}
