package io.segmentdrop;

import io.segmentdrop.shell.api.ApiAnswers;
import io.segmentdrop.shell.api.ApiClient;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.api.ApiRequests;
import io.segmentdrop.shell.api.Deadlines;
import io.segmentdrop.shell.config.ApiProperties;
import io.segmentdrop.shell.config.SegmentDropProperties;
import io.segmentdrop.shell.routes.HashingThreads;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API, as {@code routes/30-send.camel.yaml} calls it. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {

    @Bean
    ApiKey apiKey(SegmentDropProperties properties) {
        ApiProperties api = properties.api();
        if (api.tokenFile() != null) {
            return ApiKey.inFile(Path.of(api.tokenFile()));
        }
        return ApiKey.ofToken(api.token() == null ? "" : api.token().value());
    }

    @Bean
    ApiClient apiClient(SegmentDropProperties properties, HashingThreads hashing) {
        Deadlines deadlines = new Deadlines(
                properties.send().connectTimeout(),
                properties.send().responseTimeout(),
                properties.send().responseTimeout());
        return new ApiClient(deadlines, hashing.executor());
    }

    @Bean
    ApiRequests apiRequest(ApiKey key) {
        return new ApiRequests(key);
    }

    @Bean
    ApiAnswers apiAnswer() {
        return new ApiAnswers();
    }
}
