package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Delivery;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.core.send.WrittenKey;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.api.Secret;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.Imports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what is sent next. Everything that could speak against it is asked here, right before the attempt is recorded:
 * the key, the doubts that earlier attempts left, the guards, and whether the file is as it was planned.
 */
public final class SendWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(SendWork.class);
    private static final Duration REST = Duration.ofMillis(1);

    private final AttemptEnds ends;
    private final Claims claims;
    private final Imports imports;
    private final Gates gates;
    private final Guard guard;
    private final Staged staged;
    private final Doubts doubts;
    private final ApiKey key;
    private final Draining draining;
    private final SendRules rules;
    private final InstantSource clock;
    private @Nullable String fingerprint;
    private final List<Claims.Head> beginning = new ArrayList<>();
    private final List<Claims.Head> uncertain = new ArrayList<>();

    public SendWork(
            AttemptEnds ends,
            Claims claims,
            Imports imports,
            Gates gates,
            Guard guard,
            Staged staged,
            Doubts doubts,
            ApiKey key,
            Draining draining,
            SendRules rules,
            InstantSource clock) {
        this.ends = ends;
        this.claims = claims;
        this.imports = imports;
        this.gates = gates;
        this.guard = guard;
        this.staged = staged;
        this.doubts = doubts;
        this.key = key;
        this.draining = draining;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public @Nullable Object claim() {
        ends.settleOwed();
        resolve();
        Instant now = clock.instant();
        Object chosen = choose(now);
        while (chosen instanceof Claims.Head head) {
            Optional<Claim> claim = begin(head, now);
            if (claim.isPresent()) {
                return claim.get();
            }
            chosen = choose(now);
        }
        return chosen;
    }

    /** A head, whose lane is kept for it until its attempt is recorded; or a probe; or nothing. */
    private synchronized @Nullable Object choose(Instant now) {
        if (draining.isEnding() || !isKeyThere(now)) {
            return null;
        }
        Set<String> lanes = beginning.stream()
                .map(head -> String.valueOf(head.row().lane()))
                .collect(Collectors.toSet());
        for (Optional<Claims.Head> head = claims.next(now, lanes); head.isPresent(); head = claims.next(now, lanes)) {
            if (mayGo(head.get(), now)) {
                beginning.add(head.get());
                return head.get();
            }
        }
        return lanes.isEmpty()
                ? claims.segmentToProbe(now).map(segment -> probe(segment, now)).orElse(null)
                : null;
    }

    /** Not under the lock: attempts of several lanes share a commit, and a large file may have to be hashed. */
    private Optional<Claim> begin(Claims.Head head, Instant now) {
        boolean ended = false;
        try {
            Optional<Claim> claim = staged.asPlanned(head, now).flatMap(planned -> claims.begin(planned, now));
            ended = true;
            CrashPoint.SEND_RECORDED.hit();
            return claim;
        } finally {
            end(head, ended);
        }
    }

    private synchronized void end(Claims.Head head, boolean certain) {
        if (certain) {
            beginning.remove(head);
        } else {
            uncertain.add(head);
        }
    }

    /** If the ledger failed while an attempt was recorded, it may be recorded; nobody has it in hand, so it was not made. */
    private synchronized void resolve() {
        for (Claims.Head head : List.copyOf(uncertain)) {
            claims.open().stream()
                    .filter(claim -> claim.row().id().equals(head.row().id()))
                    .forEach(claim -> ends.unsent(claim, true));
            uncertain.remove(head);
            beginning.remove(head);
        }
    }

    private GateProbe probe(long segment, Instant now) {
        // puts the next probe off, so that one is under way at a time
        gates.closed().stream()
                .filter(gate -> gate.name().equals(Gates.API) || gate.name().equals(Gates.CREDENTIAL))
                .forEach(gate -> gates.close(gate.name(), gate.code(), gate.reason(), Imports.SELF, now));
        return new GateProbe(segment);
    }

    /** Without a key nothing is attempted; a new key is tried at once. */
    private boolean isKeyThere(Instant now) {
        return switch (key.look()) {
            case WrittenKey.Unusable unusable -> {
                missing(key.unusable(unusable.found()) + ".", now);
                yield false;
            }
            case WrittenKey.Usable usable -> {
                there(new Secret(usable.key()).fingerprint(), now);
                yield true;
            }
        };
    }

    private void missing(String reason, Instant now) {
        Optional<GateRow> closed = gates.find(Gates.CREDENTIAL);
        boolean told = closed.isPresent()
                && closed.get().code() == Code.CRED_MISSING
                && closed.get().reason().equals(reason);
        if (!told) {
            gates.close(Gates.CREDENTIAL, Code.CRED_MISSING, reason, Imports.SELF, now);
        }
    }

    private void there(String current, Instant now) {
        Optional<GateRow> closed = gates.find(Gates.CREDENTIAL);
        if (closed.isPresent() && closed.get().code() == Code.CRED_MISSING) {
            gates.open(Gates.CREDENTIAL, Imports.SELF, now);
        } else if (closed.isPresent() && !current.equals(fingerprint)) {
            gates.probeNow(Gates.CREDENTIAL, now);
        }
        fingerprint = current;
    }

    private boolean mayGo(Claims.Head head, Instant now) {
        Optional<Step.Hold> doubt = Delivery.before(doubts.of(head.row(), head.chunk()), now, rules);
        if (doubt.isPresent()) {
            imports.hold(head.row().id(), doubt.get().why(), doubt.get().reason(), now);
            return false;
        }
        return guard.lets(head, now);
    }

    /** Where many lanes are busy, each attempt gives several nudges, most of which mean nothing to the others. */
    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public void putOff(Exchange exchange, Throwable why) {
        if (Piece.is(exchange, Claim.class)) {
            Claim claim = Piece.of(exchange, Claim.class);
            LOG.warn(
                    "{} chunk {} cannot be sent now: {}.",
                    claim.row().id(),
                    claim.chunk().number(),
                    Faults.words(why));
            ends.failed(exchange, why);
        } else {
            LOG.warn("A probe of the API cannot be made now: {}.", Faults.words(why));
        }
    }

    /** No step of the route holds an import but by its outcome. */
    @Override
    public void hold(Exchange exchange, HeldException why) {
        fail(exchange, why);
    }

    @Override
    public void fail(Exchange exchange, Throwable fault) {
        if (Piece.is(exchange, Claim.class)) {
            Claim claim = Piece.of(exchange, Claim.class);
            LOG.error(
                    "{} chunk {}: a fault of segment-drop.",
                    claim.row().id(),
                    claim.chunk().number(),
                    fault);
            ends.failed(exchange, fault);
        } else {
            LOG.error("A probe failed by a fault of segment-drop.", fault);
        }
    }

    @Override
    public void release(Object piece) {
        // the attempt's outcome is in the ledger
    }
}
