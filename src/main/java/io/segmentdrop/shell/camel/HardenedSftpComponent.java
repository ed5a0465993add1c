package io.segmentdrop.shell.camel;

import java.net.URI;
import java.util.Map;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.FtpUtils;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.StringHelper;

/**
 * Camel's {@code sftp:} with what a server that hangs, lies or changes its key calls for: a deadline for each phase and
 * request, pinned keys only, one try a sign-in, algorithms for each session, listings that are bounded. It has one option more,
 * {@code desk}: a bean that is an {@link SftpDesk}.
 */
@SuppressWarnings("rawtypes") // as Camel's own
@Component("sftp")
public final class HardenedSftpComponent extends SftpComponent {

    private static final String DESK = "desk";

    public HardenedSftpComponent() {
        setStrictHostKeyChecking("yes");
        setUseUserKnownHostsFile(false);
    }

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SftpDesk desk = resolveAndRemoveReferenceParameter(parameters, DESK, SftpDesk.class);
        if (desk == null) {
            throw new IllegalArgumentException(
                    "expected sftp: with desk: \"#…\", the bean of a drop that has its secrets and deadlines, found"
                            + " none");
        }
        SftpConfiguration configuration = new SftpConfiguration(new URI(StringHelper.before(uri, "?", uri)));
        configuration.setStrictHostKeyChecking(getStrictHostKeyChecking());
        configuration.setUseUserKnownHostsFile(false);
        FtpUtils.ensureRelativeFtpDirectory(this, configuration);
        return new HardenedSftpEndpoint(uri, this, configuration, desk);
    }
}
