package io.segmentdrop.shell.camel;

import java.io.IOException;
import java.util.List;

/**
 * Who decides for an {@code sftp:} endpoint: the endpoint connects, lists and hands on, its owner says with which secrets, how
 * long, and which files are wanted. Asked by the consumer's thread alone.
 */
public interface SftpDesk {

    Account.SignIn signIn();

    Limits limits();

    /** A connection was made. */
    void connected(SftpFolder folder);

    /**
     * Looks at the folder, once a poll.
     *
     * @return the files that are to be fetched now
     */
    List<String> look(SftpFolder folder) throws IOException;

    /**
     * Fetches a file and what belongs to it. Never throws: what cannot be fetched is left for a later poll, and the poll goes on,
     * since a step of the route may count its exchanges.
     *
     * @return the body of its exchange
     */
    Object fetch(String name);
}
