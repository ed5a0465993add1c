package io.segmentdrop.shell.sftp;

import java.io.IOException;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.client.SftpErrorDataHandler;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.impl.DefaultSftpClient;

/**
 * An SFTP client that many threads may ask at once over one channel: answers find their questions by number, but the
 * channel takes one question at a time and refuses a second one meanwhile.
 */
final class SharedClient extends DefaultSftpClient {

    SharedClient(ClientSession session, SftpVersionSelector version) throws IOException {
        super(session, version, SftpErrorDataHandler.EMPTY);
    }

    @Override
    public int send(int command, Buffer buffer) throws IOException {
        // the channel, since the first questions are asked before this object is complete
        synchronized (getClientChannel()) {
            return super.send(command, buffer);
        }
    }
}
