package io.segmentdrop.shell.camel;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pinned keys as JSch asks for them: it learns of none, and nothing is ever added. */
record PinnedRepository(Predicate<byte[]> accepts) implements HostKeyRepository {

    @Override
    public int check(String host, byte[] key) {
        return accepts.test(key) ? OK : NOT_INCLUDED;
    }

    @Override
    public void add(HostKey key, @Nullable UserInfo ui) {
        throw new UnsupportedOperationException("keys are pinned by hand");
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type) {
        throw new UnsupportedOperationException("keys are pinned by hand");
    }

    @Override
    public void remove(@Nullable String host, @Nullable String type, byte @Nullable [] key) {
        throw new UnsupportedOperationException("keys are pinned by hand");
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return "known-hosts-file";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return getHostKey();
    }
}
