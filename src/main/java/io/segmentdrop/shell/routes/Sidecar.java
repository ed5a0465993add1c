package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar of an import, as {@code 20-check} finds it in custody.
 *
 * @param bytes what is to be read; empty if there is nothing
 * @param fault why the pair is refused whatever the sidecar says; null if it is read
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record Sidecar(byte[] bytes, @Nullable Problem fault) {

    static Sidecar refused(Problem fault) {
        return new Sidecar(new byte[0], fault);
    }

    public boolean isReadable() {
        return fault == null;
    }
}
