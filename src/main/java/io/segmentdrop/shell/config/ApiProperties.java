package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OptiPub API.
 *
 * @param baseUrl the address before /api/3.2, such as https://acme.optipub.com; https, or http to this machine
 * @param token the API key; this or token-file
 * @param tokenFile the file that holds the API key, read again when it changes; it wins over token. Empty means none
 * @param sslBundle the spring.ssl.bundle whose trust store is asked about the API's certificate, and whose key store answers if the
 *     API asks for ours; absent: the JVM's trust store
 * @param fieldNames the form fields that OptiPub's pages do not name
 * @param verifySegments whether the API is asked once for each segment, with GET /messages/segments/{id}, which OptiPub has not
 *     published; a segment that says it is dynamic is refused, any other answer is ignored
 */
public record ApiProperties(
        @Nullable String baseUrl,
        @Nullable Secret token,
        @Nullable String tokenFile,
        @Nullable String sslBundle,
        @DefaultValue @NestedConfigurationProperty FieldNameProperties fieldNames,
        @DefaultValue("false") boolean verifySegments) {

    public ApiProperties {
        baseUrl = Texts.orNull(baseUrl);
        baseUrl = baseUrl == null ? null : baseUrl.strip().replaceAll("/+$", "");
        token = Secret.orNull(token);
        tokenFile = Texts.orNull(tokenFile);
        sslBundle = Texts.orNull(sslBundle);
    }
}
