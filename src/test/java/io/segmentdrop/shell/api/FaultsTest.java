package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.NoRouteToHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults that no test can provoke on a wire of its own. */
class FaultsTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        tls(new CertificateExpiredException("NotAfter: Sat Nov 21 00:00:00 UTC 2026")),
                        "expected a trusted TLS connection, found an expired certificate"
                                + " (NotAfter: Sat Nov 21 00:00:00 UTC 2026)"),
                Arguments.of(
                        tls(new CertificateNotYetValidException("NotBefore: Sat Nov 21 00:00:00 UTC 2026")),
                        "expected a trusted TLS connection, found a certificate that is not valid yet"
                                + " (NotBefore: Sat Nov 21 00:00:00 UTC 2026); is this machine's clock right?"),
                Arguments.of(
                        new NoRouteToHostException("host"), "expected a connection, found no route to the API's host"),
                Arguments.of(new InterruptedIOException("x"), "the request was interrupted"),
                Arguments.of(
                        new ClientProtocolException("canary", new ProtocolException("canary")),
                        "expected an answer in HTTP/1.1, found something else"),
                Arguments.of(new IOException("canary"), "the request failed (IOException)"));
    }

    private static SSLHandshakeException tls(Exception cause) {
        SSLHandshakeException handshake = new SSLHandshakeException("canary");
        handshake.initCause(cause);
        return handshake;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void areSaidInOurOwnWords(Exception cause, String words) {
        assertThat(Faults.inWords(cause)).isEqualTo(words);
    }
}
