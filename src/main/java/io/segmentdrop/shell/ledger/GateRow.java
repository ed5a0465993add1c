package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.problem.Code;

/** A closed gate; an open one has no row. Times are milliseconds since 1970 UTC. */
public record GateRow(String name, long closedAt, Code code, String reason, String actor, long probeAt, int probes) {

    static final RecordMapper<GateRow> MAPPER = new RecordMapper<>(GateRow.class);
}
