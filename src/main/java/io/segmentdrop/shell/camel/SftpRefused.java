package io.segmentdrop.shell.camel;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.IOException;

/** The server said no to one request; the connection goes on. */
public final class SftpRefused extends IOException {

    /** Of later versions of the protocol. */
    private static final int NO_SUCH_PATH = 10;

    private final int status;

    SftpRefused(SftpException cause) {
        super(words(cause.id), cause);
        this.status = cause.id;
    }

    SftpRefused(String found) {
        super(found);
        this.status = ChannelSftp.SSH_FX_FAILURE;
    }

    /** What a server writes beside its number is its own, so the protocol's words are shown. */
    private static String words(int status) {
        return switch (status) {
            case ChannelSftp.SSH_FX_EOF -> "SSH_FX_EOF";
            case ChannelSftp.SSH_FX_NO_SUCH_FILE -> "SSH_FX_NO_SUCH_FILE";
            case ChannelSftp.SSH_FX_PERMISSION_DENIED -> "SSH_FX_PERMISSION_DENIED";
            case ChannelSftp.SSH_FX_FAILURE -> "SSH_FX_FAILURE";
            case ChannelSftp.SSH_FX_BAD_MESSAGE -> "SSH_FX_BAD_MESSAGE";
            case ChannelSftp.SSH_FX_OP_UNSUPPORTED -> "SSH_FX_OP_UNSUPPORTED";
            default -> "status " + status;
        };
    }

    /** Whether the file or folder is not there. */
    public boolean isMissing() {
        return status == ChannelSftp.SSH_FX_NO_SUCH_FILE || status == NO_SUCH_PATH;
    }
}
