package io.segmentdrop.shell.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign in to the ops page, its JSON and the actuator.
 *
 * @param user the name to sign in with; an operator
 * @param password the password, or {bcrypt} and its bcrypt hash; absent: a new random one at each start, which the log shows once
 * @param users more users by name
 * @param issuer signing in with OpenID Connect
 */
public record OpsProperties(
        @DefaultValue("ops") String user,
        @Nullable Secret password,
        @DefaultValue Map<String, OpsUserProperties> users,
        @DefaultValue @NestedConfigurationProperty IssuerProperties issuer) {

    public OpsProperties {
        password = Secret.orNull(password);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }
}
