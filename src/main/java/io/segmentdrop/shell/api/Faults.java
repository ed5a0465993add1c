package io.segmentdrop.shell.api;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * What went wrong on the wire, in our own words: the messages of libraries may quote what they stumbled over. The exceptions
 * are those of {@code java.net}, {@code javax.net.ssl} and HttpClient.
 */
final class Faults {

    private Faults() {}

    static String inWords(Throwable cause) {
        return switch (cause) {
            case SendStoppedException e -> String.valueOf(e.getMessage());
            case NoKeyException e -> String.valueOf(e.getMessage());
            case UnknownHostException e -> "expected an address for the API's host, found none in the name service";
            case ConnectException e -> "expected a connection, but it was refused";
            case NoRouteToHostException e -> "expected a connection, found no route to the API's host";
            case SSLException e -> tls(e);
            case NoHttpResponseException e -> "expected an answer, but the connection was closed without one";
            case StrictHead.BrokenOffException e -> "expected a whole answer, but its head broke off";
            case MessageConstraintException e -> "expected an answer with a head of sane size, found a larger one";
            case TruncatedChunkException e -> "expected a whole answer, but its body broke off";
            case ConnectionClosedException e -> "expected a whole answer, but its body broke off";
            case MalformedChunkCodingException e -> "expected an answer in HTTP/1.1, found something else";
            case SocketException e -> "the connection was reset";
            case InterruptedIOException e -> "the request was interrupted";
            case HttpException e -> "expected an answer in HTTP/1.1, found something else";
            default -> unwrapped(cause);
        };
    }

    private static String unwrapped(Throwable cause) {
        Throwable inner = cause.getCause();
        return inner == null ? "the request failed (" + cause.getClass().getSimpleName() + ")" : inWords(inner);
    }

    private static String tls(SSLException e) {
        return "expected a trusted TLS connection, "
                + Stream.iterate((Throwable) e, c -> c != null, Throwable::getCause)
                        .map(Faults::certificate)
                        .filter(words -> !words.isEmpty())
                        .reduce((outer, inner) -> inner)
                        .orElse("but the handshake failed");
    }

    private static String certificate(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException e -> "found an expired certificate (" + e.getMessage() + ")";
            case CertificateNotYetValidException e ->
                "found a certificate that is not valid yet (" + e.getMessage() + "); is this machine's clock right?";
            case SSLPeerUnverifiedException e -> "found a certificate for another host";
            case CertPathBuilderException e -> "found a certificate of an unknown authority";
            default -> "";
        };
    }
}
