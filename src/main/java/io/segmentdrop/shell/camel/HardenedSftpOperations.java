package io.segmentdrop.shell.camel;

import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.component.file.remote.SftpRemoteFileSingle;
import org.apache.camel.util.FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer does on a server, with a deadline for each of it. Whatever Camel could ask beside is refused, since it would
 * go past the deadlines.
 */
@SuppressWarnings("rawtypes") // as Camel's own
final class HardenedSftpOperations extends SftpOperations {

    private final Account account;
    private final SftpDesk desk;
    private volatile @Nullable SftpFolder folder;

    HardenedSftpOperations(Account account, SftpDesk desk) {
        this.account = account;
        this.desk = desk;
    }

    @Override
    public boolean connect(RemoteFileConfiguration configuration, @Nullable Exchange exchange) {
        if (!isConnected()) {
            try {
                SftpFolder opened = SftpConnection.open(account, desk.limits());
                folder = opened;
                desk.connected(opened);
            } catch (SftpFault e) {
                throw failed(e);
            }
        }
        return true;
    }

    @Override
    public boolean isConnected() {
        SftpFolder at = folder;
        return at != null && at.isOpen();
    }

    @Override
    public void disconnect() {
        SftpFolder at = folder;
        if (at != null) {
            at.close();
        }
        folder = null;
    }

    @Override
    public void forceDisconnect() {
        disconnect();
    }

    @Override
    public SftpRemoteFile[] listFiles() {
        return listFiles(account.path());
    }

    /** Those that the desk wants of the endpoint's folder, whatever Camel calls it. */
    @Override
    public SftpRemoteFile[] listFiles(String path) {
        SftpFolder at = folder;
        if (at == null) {
            throw new GenericFileOperationFailedException("expected a connection, found none");
        }
        try {
            return desk.look(at).stream().map(SftpRemoteFileSingle::new).toArray(SftpRemoteFile[]::new);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean retrieveFile(String name, Exchange exchange, long size) {
        GenericFile<SftpRemoteFile<?>> file =
                Objects.requireNonNull(exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class));
        file.setBody(desk.fetch(FileUtil.stripPath(name)));
        return true;
    }

    /** An idle connection that is gone is noticed by the next look. */
    @Override
    public boolean sendNoop() {
        return isConnected();
    }

    @Override
    public boolean deleteFile(String name) {
        throw unasked();
    }

    @Override
    public boolean renameFile(String from, String to) {
        throw unasked();
    }

    @Override
    public boolean buildDirectory(String directory, boolean absolute) {
        throw unasked();
    }

    @Override
    public boolean storeFile(String name, Exchange exchange, long size) {
        throw unasked();
    }

    @Override
    public boolean storeFileDirectly(String name, String payload) {
        throw unasked();
    }

    @Override
    public boolean existsFile(String name) {
        throw unasked();
    }

    @Override
    public String getCurrentDirectory() {
        throw unasked();
    }

    @Override
    public void changeCurrentDirectory(String path) {
        throw unasked();
    }

    @Override
    public void changeToParentDirectory() {
        throw unasked();
    }

    private static GenericFileOperationFailedException unasked() {
        return new GenericFileOperationFailedException(
                "expected noop: true, stepwise: false and autoCreate: false, found an option that changes the server");
    }

    private static GenericFileOperationFailedException failed(IOException fault) {
        return new GenericFileOperationFailedException(String.valueOf(fault.getMessage()), fault);
    }
}
