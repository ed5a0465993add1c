package io.segmentdrop.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.NoRouteToHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
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
                        new SSLHandshakeException("The server selected protocol version TLS10 is not accepted by"
                                + " client preferences [TLS13, TLS12]"),
                        "expected a TLS connection, but the other side wants a version older than 1.2"),
                Arguments.of(
                        new SSLPeerUnverifiedException("canary"),
                        "expected a TLS connection, but its certificate is for another host"),
                Arguments.of(new SSLException("canary"), "expected a TLS connection, but it failed"),
                Arguments.of(
                        new NoRouteToHostException("host"), "expected a connection, found no route to the API's host"),
                Arguments.of(new InterruptedIOException("x"), "the request was interrupted"),
                Arguments.of(
                        new ClientProtocolException("canary", new ProtocolException("canary")),
                        "expected an answer in HTTP/1.1, found something else"),
                Arguments.of(new IOException("canary"), "the request failed (IOException)"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void areSaidInOurOwnWords(Exception cause, String words) {
        assertThat(Faults.inWords(cause)).isEqualTo(words);
    }
}
