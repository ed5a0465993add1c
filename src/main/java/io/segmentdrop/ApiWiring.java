package io.segmentdrop;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.api.ApiAnswers;
import io.segmentdrop.shell.api.ApiClient;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.api.ApiRequests;
import io.segmentdrop.shell.api.ApiTls;
import io.segmentdrop.shell.api.Deadlines;
import io.segmentdrop.shell.config.ApiProperties;
import io.segmentdrop.shell.config.Refusal;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.config.StartupRefusedException;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.routes.HashingThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

/** The API, as {@code routes/31-api.camel.yaml} calls it. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ApiWiring.class);

    @Bean
    ApiKey apiKey(SegmentDropProperties properties) {
        ApiProperties api = properties.api();
        if (api.tokenFile() != null) {
            return ApiKey.inFile(Path.of(api.tokenFile()));
        }
        return ApiKey.ofToken(api.token() == null ? "" : api.token().value());
    }

    /** The bundle may be renewed while we run; a gate that its certificate closed is then tried at once. */
    @Bean
    ApiClient apiClient(SegmentDropProperties properties, SslBundles bundles, Gates gates, Clock clock) {
        Deadlines deadlines = new Deadlines(
                properties.send().connectTimeout(),
                properties.send().responseTimeout(),
                properties.send().responseTimeout());
        String name = properties.api().sslBundle();
        ApiTls tls = name == null ? ApiTls.ofTheMachine() : tls(name, bundles);
        ApiClient client = new ApiClient(deadlines, tls);
        if (name != null) {
            bundles.addBundleUpdateHandler(name, bundle -> renew(client, name, bundle, gates, clock));
        }
        return client;
    }

    private static void renew(ApiClient client, String name, SslBundle bundle, Gates gates, Clock clock) {
        try {
            client.trust(tls(name, bundle));
        } catch (StartupRefusedException e) {
            LOG.warn("The bundle of before is kept: {}.", e.getMessage());
            return;
        }
        LOG.info("The bundle {} was renewed; it counts from the next request on.", name);
        if (gates.find(Gates.API).filter(gate -> gate.code() == Code.API_TLS).isPresent()) {
            gates.probeNow(Gates.API, clock.instant());
        }
    }

    private static ApiTls tls(String name, SslBundles bundles) {
        try {
            return tls(name, bundles.getBundle(name));
        } catch (NoSuchSslBundleException e) {
            throw refused("expected the name of a spring.ssl.bundle.pem or spring.ssl.bundle.jks, found \"" + name
                    + "\", of which there is none");
        }
    }

    private static ApiTls tls(String name, SslBundle bundle) {
        try {
            return ApiTls.of(
                    bundle.getManagers().getKeyManagers(), bundle.getManagers().getTrustManagers());
        } catch (RuntimeException e) {
            throw refused("expected stores that can be read in the bundle " + name + ", found "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
    }

    private static StartupRefusedException refused(String fault) {
        return new StartupRefusedException(List.of(new Refusal("segment-drop.api.ssl-bundle", fault)));
    }

    @Bean
    ApiRequests apiRequest(ApiKey key, HashingThreads hashing) {
        return new ApiRequests(key, hashing.executor());
    }

    @Bean
    ApiAnswers apiAnswer() {
        return new ApiAnswers();
    }
}
