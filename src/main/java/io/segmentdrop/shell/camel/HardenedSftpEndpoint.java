package io.segmentdrop.shell.camel;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFileProducer;
import org.apache.camel.component.file.remote.RemoteFileConsumer;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpConsumer;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;

/** An endpoint that refuses to be anything but strict. */
@SuppressWarnings("rawtypes") // as Camel's own
final class HardenedSftpEndpoint extends SftpEndpoint {

    private final SftpDesk desk;

    HardenedSftpEndpoint(String uri, SftpComponent component, SftpConfiguration configuration, SftpDesk desk) {
        super(uri, component, configuration);
        this.desk = desk;
        // its consumer's poll strategy is told, which knows when to try again
        getConfiguration().setThrowExceptionOnConnectFailed(true);
        setMaximumReconnectAttempts(0);
    }

    @Override
    protected RemoteFileConsumer<SftpRemoteFile> buildConsumer(Processor processor) {
        require(getFilter() != null && getInclude() != null, "include and filter, so that a name stays a name");
        SftpConsumer consumer = new SftpConsumer(
                this,
                processor,
                createRemoteFileOperations(),
                processStrategy != null ? processStrategy : createGenericFileStrategy());
        consumer.setExceptionHandler(new Told());
        return consumer;
    }

    @Override
    protected GenericFileProducer<SftpRemoteFile> buildProducer() {
        throw refused(
                "a bean that writes to the server: a producer opens a connection of its own, which not every server"
                        + " allows");
    }

    @Override
    public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
        require("yes".equals(getConfiguration().getStrictHostKeyChecking()), "strictHostKeyChecking: \"yes\"");
        require(getConfiguration().getKnownHostsFile() != null, "knownHostsFile");
        HardenedSftpOperations operations = new HardenedSftpOperations(account(), desk);
        operations.setEndpoint(this);
        return operations;
    }

    private Account account() {
        SftpConfiguration from = getConfiguration();
        return new Account(
                from.getUsername(),
                from.getHost(),
                from.getPort(),
                from.getDirectory(),
                desk.signIn(),
                Path.of(from.getKnownHostsFile()));
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw refused(what);
        }
    }

    private static IllegalArgumentException refused(String expected) {
        return new IllegalArgumentException("expected sftp: with " + expected + ", found none");
    }

    /** The poll strategy has told, in words and once, what Camel would log with a trace at each poll. */
    private static final class Told implements ExceptionHandler {

        @Override
        public void handleException(Throwable fault) {}

        @Override
        public void handleException(@Nullable String message, Throwable fault) {}

        @Override
        public void handleException(@Nullable String message, @Nullable Exchange exchange, Throwable fault) {}
    }
}
