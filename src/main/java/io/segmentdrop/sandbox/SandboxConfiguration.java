package io.segmentdrop.sandbox;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** What the sandbox adds to the application; {@link SandboxStart} has prepared the rest. */
@Configuration(proxyBeanMethods = false)
@Profile(SandboxStart.PROFILE)
class SandboxConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxConfiguration.class);

    /** Drops the samples once everything runs, and says where to look. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> sandboxSamples(Environment environment, StandInApi api) {
        Path drops = Path.of(environment.getRequiredProperty("sandbox.folder"), "drops");
        Path samples = Path.of(environment.getRequiredProperty("sandbox.samples"));
        return ready -> {
            int copied = new SampleCopier(samples, drops).copy();
            LOG.info(welcome(environment, api, drops, copied));
        };
    }

    private static String welcome(Environment environment, StandInApi api, Path drops, int copied) {
        String page = "http://127.0.0.1:" + environment.getProperty("local.server.port", "8080");
        return """
            The sandbox is ready; %d samples are in their drops
              drop      a pair into %s/<drop>
              or there  sftp -P %s -o UserKnownHostsFile=%s/sftp-known-hosts %s@127.0.0.1 (the password is %s)
              receipts  %s/<drop>/receipts
              page      %s/ (sign in as %s, with the password of application-sandbox.yaml)
              segments  %s/sandbox/segments and %s/sandbox/requests: what the stand-in of the API at %s holds\
            """.formatted(
                        copied,
                        drops,
                        environment.getProperty("sandbox.sftp-port"),
                        environment.getProperty("sandbox.folder"),
                        SandboxSftp.USER,
                        SandboxSftp.PASSWORD,
                        drops,
                        page,
                        environment.getProperty("segment-drop.ops.user"),
                        page,
                        page,
                        api.uri());
    }
}
