package io.segmentdrop.shell.sftp;

import java.io.IOException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** The server said no to one request; the connection goes on. */
public final class SftpRefused extends IOException {

    private final int status;

    SftpRefused(SftpException cause) {
        super(SftpConstants.getStatusName(cause.getStatus()), cause);
        this.status = cause.getStatus();
    }

    SftpRefused(String found) {
        super(found);
        this.status = SftpConstants.SSH_FX_FAILURE;
    }

    /** Whether the file or folder is not there. */
    public boolean isMissing() {
        return status == SftpConstants.SSH_FX_NO_SUCH_FILE || status == SftpConstants.SSH_FX_NO_SUCH_PATH;
    }
}
