package io.segmentdrop.shell.api;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]{1,40})");

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

    /** Whether the host could not be trusted or understood, as far as TLS is concerned. */
    static boolean isTls(Throwable cause) {
        return FoundCertificate.causes(cause).anyMatch(SSLException.class::isInstance);
    }

    private static String tls(SSLException e) {
        return FoundCertificate.causes(e)
                .filter(TellingTrust.UntrustedException.class::isInstance)
                .findFirst()
                .map(cause -> String.valueOf(cause.getMessage()))
                .orElseGet(() -> "expected a TLS connection, " + handshake(e));
    }

    /** The JDK tells its reasons by its messages alone; of these, only what is matched is repeated. */
    private static String handshake(SSLException e) {
        if (e instanceof SSLPeerUnverifiedException) {
            return "but its certificate is for another host";
        }
        String message = String.valueOf(e.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return "but the other side ended it (" + alert.group(1) + ")";
        }
        if (message.contains("protocol version")) {
            return "but the other side wants a version older than 1.2";
        }
        if (message.contains("SSL message")) {
            return "but what answered does not speak TLS";
        }
        return FoundCertificate.causes(e).anyMatch(EOFException.class::isInstance)
                ? "but the connection was closed before it stood"
                : "but it failed";
    }
}
