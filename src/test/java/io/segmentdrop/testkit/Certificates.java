package io.segmentdrop.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** An authority of our own and what it signs, made on the spot by the JDK's own keytool. */
public final class Certificates {

    /** Of every store. */
    public static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";

    private final Path store;

    private Certificates(Path store) {
        this.store = store;
    }

    /** An authority whose keys lie in this folder. */
    public static Certificates in(Path folder) {
        Certificates made = new Certificates(folder.resolve("authority.p12"));
        made.keytool(AUTHORITY, "CN=an authority of the tests", "-ext", "bc:c");
        return made;
    }

    /**
     * Signs one more certificate.
     *
     * @param alias its name in the store
     * @param options of keytool: {@code -ext san=ip:127.0.0.1}, {@code -startdate -9d}, {@code -validity 3} …
     * @return what makes server sockets that show it
     */
    public ServerSocketFactory server(String alias, String subject, String... options) {
        List<String> all = new ArrayList<>(List.of("-signer", AUTHORITY));
        all.addAll(List.of(options));
        keytool(alias, subject, all.toArray(String[]::new));
        try {
            KeyStore every = load();
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    alias,
                    every.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    every.getCertificateChain(alias));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context.getServerSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts the authority and nobody else. */
    public TrustManager[] trust() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a trust store of the authority's certificate, in PKCS #12. */
    public Path trustStore(Path file) {
        try (var out = Files.newOutputStream(file)) {
            trustStore().store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trustStore() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            return trusted;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's certificate, in PEM. */
    public String pem() {
        try {
            Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
            return "-----BEGIN CERTIFICATE-----\n"
                    + lines.encodeToString(load().getCertificate(AUTHORITY).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, PASSWORD.toCharArray());
            return loaded;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String alias, String subject, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("expected a certificate, found: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
