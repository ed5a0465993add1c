package io.segmentdrop.shell.routes;

import io.segmentdrop.shell.ledger.Mirrored;
import org.jspecify.annotations.Nullable;

/**
 * What came of one pair of a poll.
 *
 * @param row what lies in the spool under temporary names; null if the pair is left for a later poll
 * @param last whether it is the last of its lot
 */
record SftpFetched(Mirrored.@Nullable Row row, boolean last) {}
