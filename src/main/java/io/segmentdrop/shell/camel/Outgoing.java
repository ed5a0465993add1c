package io.segmentdrop.shell.camel;

import io.segmentdrop.core.drop.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes files to a server. JSch cannot ask that a file be new, and would write through a link that lies at its name: so the
 * temporary name is one that nobody can know before. What a connection that ended left of it is removed by the next one.
 */
final class Outgoing {

    private static final String OURS = ".segment-drop-";
    private static final int SWEPT = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SftpFolder at;
    private final Set<String> swept = ConcurrentHashMap.newKeySet();

    Outgoing(SftpFolder at) {
        this.at = at;
    }

    void write(String folder, String name, InputStream content) throws IOException {
        if (swept.add(folder)) {
            sweep(folder);
        }
        byte[] unknown = new byte[8];
        RANDOM.nextBytes(unknown);
        String temporary = folder + "/" + OURS + HexFormat.of().formatHex(unknown);
        try {
            at.put(temporary, content);
            replace(temporary, folder + "/" + name);
        } catch (SftpRefused e) {
            removeIfThere(temporary);
            throw e;
        }
    }

    private void sweep(String folder) throws IOException {
        for (Entry left :
                at.list(folder, entry -> entry.name().startsWith(OURS), SWEPT).entries()) {
            removeIfThere(folder + "/" + left.name());
        }
    }

    private void replace(String from, String to) throws IOException {
        if (!at.isRenameOver()) {
            removeIfThere(to);
        }
        at.rename(from, to);
    }

    private void removeIfThere(String name) throws IOException {
        try {
            at.remove(name);
        } catch (SftpRefused e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }
}
