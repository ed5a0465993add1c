package io.segmentdrop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segmentdrop.testkit.Certificates;
import io.segmentdrop.testkit.Dropper;
import io.segmentdrop.testkit.RawServer;
import io.segmentdrop.testkit.ReceiptReader;
import io.segmentdrop.testkit.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API whose certificate is not trusted: told everywhere, and mended by each of the two ways that the README names. */
class TlsIT {

    private static final String OK = "HTTP/1.1 201 Created\r\nContent-Length: 15\r\n\r\n{\"error\":false}";
    private static final String FOUND = "expected a certificate of a trusted authority for 127.0.0.1, found one for"
            + " 127.0.0.1, issued by CN=an authority of the tests, valid from ";

    @TempDir
    Path folder;

    @Test
    void a_certificate_that_is_not_trusted_is_told_until_it_is() throws IOException {
        Certificates ours = Certificates.in(Files.createDirectory(folder.resolve("ours")));
        Certificates other = Certificates.in(Files.createDirectory(folder.resolve("other")));
        Path pem = Files.writeString(folder.resolve("ca.pem"), other.pem());
        try (RawServer api =
                RawServer.with(ours.server("api", "CN=api", "-ext", "san=ip:127.0.0.1"), RawServer.answering(OK))) {
            byBundle(api, ours, pem);
            byTheJvm(api, ours);
        }
    }

    /** It is read again when the file changes, without a restart. */
    private void byBundle(RawServer api, Certificates ours, Path pem) throws IOException {
        Server.Setup setup = setup(api)
                .with("segment-drop.api.ssl-bundle", "optipub")
                .with("spring.ssl.bundle.pem.optipub.truststore.certificate", "'file:" + pem + "'")
                .with("spring.ssl.bundle.pem.optipub.reload-on-update", "true")
                .with("spring.ssl.bundle.watch.file.quiet-period", "100ms");
        try (Server server = Server.start(setup)) {
            new Dropper(server.drop("acme")).pair("a.csv", Dropper.csv("a", 1), Dropper.sidecar(1));
            ReceiptReader receipts = new ReceiptReader(server.drop("acme"));
            JsonNode receipt = receipts.when(
                    "a.csv", r -> r.path("cause").path("code").asText().equals("API_TLS"));

            assertThat(receipt.path("cause").path("message").asText()).startsWith(FOUND);
            assertThat(receipt.path("next").asText())
                    .isEqualTo("sending waits, since the API's certificate is not trusted, or no TLS connection to it"
                            + " could be made; it goes on by itself when that is mended, and you need do nothing");
            assertThat(server.get("/actuator/health/api").body()).contains("API_TLS: " + FOUND, "ssl-bundle");
            assertThat(server.get("/").body()).contains("API_TLS", "issued by CN=an authority of the tests");
            assertThat(server.log())
                    .contains("Gate api closed: API_TLS: " + FOUND)
                    .doesNotContain(" ERROR ");

            Files.writeString(pem, ours.pem());
            assertThat(receipts.end("a.csv").path("state").asText()).isEqualTo("delivered");
            assertThat(server.log()).contains("The bundle optipub was renewed");
        }
    }

    private void byTheJvm(RawServer api, Certificates ours) {
        Server.Setup setup = setup(api)
                .jvm(
                        "-Djavax.net.ssl.trustStore=" + ours.trustStore(folder.resolve("trust.p12")),
                        "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD);
        try (Server server = Server.start(setup)) {
            new Dropper(server.drop("acme")).pair("b.csv", Dropper.csv("b", 1), Dropper.sidecar(1));
            assertThat(new ReceiptReader(server.drop("acme"))
                            .end("b.csv")
                            .path("state")
                            .asText())
                    .isEqualTo("delivered");
        }
    }

    private Server.Setup setup(RawServer api) {
        return Server.Setup.of(folder, URI.create("https://127.0.0.1:" + api.port()))
                .drop("acme", "[{id: 1}]")
                .with("segment-drop.send.backoff.first", "100ms")
                .with("segment-drop.send.backoff.longest", "2m");
    }
}
