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
 * @param fieldNames the form fields that OptiPub's pages do not name
 * @param verifySegments whether a segment is asked for before it is used; not available in this version, true refuses to start
 */
public record ApiProperties(
        @Nullable String baseUrl,
        @Nullable Secret token,
        @Nullable String tokenFile,
        @DefaultValue @NestedConfigurationProperty FieldNameProperties fieldNames,
        @DefaultValue("false") boolean verifySegments) {

    public ApiProperties {
        baseUrl = Texts.orNull(baseUrl);
        baseUrl = baseUrl == null ? null : baseUrl.strip().replaceAll("/+$", "");
        token = Secret.orNull(token);
        tokenFile = Texts.orNull(tokenFile);
    }
}
