package io.segmentdrop.shell.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign in to the ops page, its JSON and the actuator.
 *
 * @param user the name to sign in with
 * @param password the password; absent: a new random one at each start, which the log shows once
 */
public record OpsProperties(
        @DefaultValue("ops") String user, @Nullable Secret password) {

    public OpsProperties {
        password = Secret.orNull(password);
    }
}
