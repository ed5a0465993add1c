package io.segmentdrop.shell.api;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.jspecify.annotations.Nullable;

/** Whom we trust to be the API's host, and who we say we are. Certificate and host name are always verified. */
public final class ApiTls {

    private final TlsSocketStrategy strategy;

    private ApiTls(SSLContext context) {
        // both look at the name: the JDK in the handshake, the client after it
        this.strategy = new DefaultClientTlsStrategy(
                context,
                null,
                null,
                SSLBufferMode.STATIC,
                HostnameVerificationPolicy.BOTH,
                new DefaultHostnameVerifier());
    }

    /** By the JVM's own trust store, or the one that {@code javax.net.ssl.trustStore} names. */
    public static ApiTls ofTheMachine() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return of(null, trust.getTrustManagers());
        } catch (NoSuchAlgorithmException | KeyStoreException e) {
            throw new IllegalStateException("expected the JVM's own trust store", e);
        }
    }

    /**
     * By these.
     *
     * @param keys our own certificate, if the API asks for one
     */
    public static ApiTls of(KeyManager @Nullable [] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, Arrays.stream(trust).map(ApiTls::telling).toArray(TrustManager[]::new), null);
            return new ApiTls(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expected a JVM that speaks TLS", e);
        }
    }

    private static TrustManager telling(TrustManager trust) {
        return trust instanceof X509ExtendedTrustManager extended ? new TellingTrust(extended) : trust;
    }

    TlsSocketStrategy strategy() {
        return strategy;
    }
}
