package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One more user.
 *
 * @param password the password, or {bcrypt} and its bcrypt hash
 * @param role viewer: sees everything but the partners' files; operator: also acts and downloads
 */
public record OpsUserProperties(
        @Nullable Secret password, @DefaultValue("viewer") OpsRole role) {

    public OpsUserProperties {
        password = Secret.orNull(password);
    }
}
