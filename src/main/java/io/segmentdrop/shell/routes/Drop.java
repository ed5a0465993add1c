package io.segmentdrop.shell.routes;

import io.segmentdrop.core.check.CheckSettings;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.sidecar.DropPolicy;
import io.segmentdrop.shell.files.DropFolder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A drop as it was configured.
 *
 * @param folder where pairs are found: the partner's folder, or the spool of an SFTP drop
 * @param tellAfter how long something waits before its partner is told
 * @param maxInCustody how many bytes of it may be in custody at once; null for as many as there is room for
 * @param shrinkGuard the share of the last delivered rows below which a clearing import is held, 0 to 1
 */
public record Drop(
        String name,
        DropFolder folder,
        Duration scanEvery,
        Duration tellAfter,
        Watch.Settings watch,
        @Nullable Long maxInCustody,
        DropPolicy policy,
        CheckSettings check,
        double shrinkGuard) {}
