package io.segmentdrop.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Prepares the sandbox before anything else of the application is there: empties the sandbox's folder, makes the
 * folders of its drops, then starts the stand-in of the API and an SFTP server. Does nothing unless the profile {@code sandbox} is active.
 *
 * <p>Reads {@code sandbox.folder}, {@code sandbox.api-port} and {@code sandbox.sftp-port} (0 for any free port) and the key in {@code
 * segment-drop.api.token}; sets {@code segment-drop.api.base-url} to where the stand-in is.
 */
public final class SandboxStart implements ApplicationContextInitializer<GenericApplicationContext>, Ordered {

    /** The profile. */
    static final String PROFILE = "sandbox";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (environment.acceptsProfiles(Profiles.of(PROFILE))) {
            takeFolder(environment, context.getDefaultListableBeanFactory());
            startApi(environment, context.getDefaultListableBeanFactory());
            startSftp(environment, context.getDefaultListableBeanFactory());
        }
    }

    private static void startApi(ConfigurableEnvironment environment, DefaultListableBeanFactory beans) {
        StandInApi api = StandInApi.start(new StandInApi.Setup(
                environment.getRequiredProperty("sandbox.api-port", Integer.class),
                environment.getRequiredProperty("segment-drop.api.token"),
                Members.KEPT));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        PROFILE, Map.of("segment-drop.api.base-url", api.uri().toString())));
        beans.registerSingleton("standInApi", api);
        beans.registerDisposableBean("standInApi", api::close);
    }

    private static void startSftp(ConfigurableEnvironment environment, DefaultListableBeanFactory beans) {
        Path folder = Path.of(environment.getRequiredProperty("sandbox.folder"));
        int port = environment.getRequiredProperty("sandbox.sftp-port", Integer.class);
        try {
            SandboxSftp sftp = SandboxSftp.start(port, folder.resolve("drops").resolve(SandboxSftp.USER), folder);
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(PROFILE + "-sftp", Map.of("sandbox.sftp-port", sftp.port())));
            beans.registerSingleton("sandboxSftp", sftp);
            beans.registerDisposableBean("sandboxSftp", sftp::close);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot start its SFTP server", e);
        }
    }

    private static void takeFolder(ConfigurableEnvironment environment, DefaultListableBeanFactory beans) {
        Path path = Path.of(environment.getRequiredProperty("sandbox.folder"));
        try {
            SandboxFolder folder = SandboxFolder.emptied(path);
            beans.registerDisposableBean("sandboxFolder", folder::close);
            for (String drop : drops(environment)) {
                folder.make("drops/" + drop);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot empty its folder " + path, e);
        }
    }

    private static Set<String> drops(ConfigurableEnvironment environment) {
        return Binder.get(environment)
                .bind("segment-drop.drops", Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .keySet();
    }
}
