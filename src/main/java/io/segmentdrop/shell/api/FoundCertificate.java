package io.segmentdrop.shell.api;

import io.segmentdrop.core.send.Answer;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jspecify.annotations.Nullable;

/** A certificate that is not trusted, in words. All that it says of itself comes from a stranger: it is cut and escaped. */
final class FoundCertificate {

    private static final int NAMES = 5;
    private static final int LONGEST = 100;
    private static final int DNS = 2;
    private static final int IP = 7;

    private FoundCertificate() {}

    /**
     * Expected and found, as a clause.
     *
     * @param chain the certificate, then those that vouch for it
     * @param host whom we wanted to talk to; null if nobody knows
     * @param cause why it is not trusted
     */
    static String inWords(X509Certificate[] chain, @Nullable String host, CertificateException cause) {
        X509Certificate own = chain[0];
        return "expected a certificate of a trusted authority for %s, found one for %s, issued by %s, valid from %s to %s: %s"
                .formatted(
                        host == null ? "the API's host" : host,
                        names(own),
                        name(own.getIssuerX500Principal().getName()),
                        own.getNotBefore().toInstant(),
                        own.getNotAfter().toInstant(),
                        String.join("; ", faults(chain, host, cause)));
    }

    private static List<String> faults(X509Certificate[] chain, @Nullable String host, CertificateException cause) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < chain.length; i++) {
            String words = validity(chain[i]);
            if (!words.isEmpty()) {
                faults.add(i == 0 ? "it " + words : "one above it, " + subject(chain[i]) + ", " + words);
            }
        }
        if (host != null && !isFor(host, chain[0])) {
            faults.add("it is for another host");
        }
        if (has(cause, CertPathBuilderException.class)) {
            faults.add("its authority is not trusted here");
        }
        return faults.isEmpty()
                ? List.of(isWeak(cause) ? "it is signed too weakly" : "it is not trusted here")
                : faults;
    }

    private static String validity(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return "";
        } catch (CertificateExpiredException e) {
            return "has ended";
        } catch (CertificateNotYetValidException e) {
            return "is not valid yet (is this machine's clock right?)";
        }
    }

    private static boolean isFor(String host, X509Certificate certificate) {
        try {
            new DefaultHostnameVerifier().verify(host, certificate);
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    private static boolean isWeak(Throwable cause) {
        return causes(cause)
                .anyMatch(c -> c instanceof CertPathValidatorException e
                        && e.getReason() == BasicReason.ALGORITHM_CONSTRAINED);
    }

    private static boolean has(Throwable cause, Class<?> kind) {
        return causes(cause).anyMatch(kind::isInstance);
    }

    static Stream<Throwable> causes(Throwable cause) {
        return Stream.iterate(cause, c -> c != null, Throwable::getCause).limit(20);
    }

    /** The names that count; the subject if there is none. */
    private static String names(X509Certificate certificate) {
        List<String> names = alternatives(certificate).stream()
                .filter(name -> name.get(0) instanceof Integer kind && (kind == DNS || kind == IP))
                .map(name -> name(String.valueOf(name.get(1))))
                .toList();
        if (names.isEmpty()) {
            return subject(certificate);
        }
        String more = names.size() > NAMES ? " and %d more".formatted(names.size() - NAMES) : "";
        return String.join(", ", names.subList(0, Math.min(NAMES, names.size()))) + more;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal().getName());
    }

    private static String name(String text) {
        String harmless = new Answer(0, text).body();
        return harmless.isEmpty()
                ? "nobody"
                : harmless.codePointCount(0, harmless.length()) <= LONGEST
                        ? harmless
                        : harmless.substring(0, harmless.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
