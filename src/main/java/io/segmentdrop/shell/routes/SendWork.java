package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.send.Delivery;
import io.segmentdrop.core.send.SendRules;
import io.segmentdrop.core.send.Step;
import io.segmentdrop.shell.api.ApiKey;
import io.segmentdrop.shell.api.Secret;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.ledger.Claim;
import io.segmentdrop.shell.ledger.Claims;
import io.segmentdrop.shell.ledger.GateRow;
import io.segmentdrop.shell.ledger.Gates;
import io.segmentdrop.shell.ledger.Imports;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what is sent next. Everything that could speak against it is asked here, right before the attempt is recorded:
 * the key, the doubts that earlier attempts left, the guards.
 */
public final class SendWork implements Work {

    private final SendStage send;
    private final Claims claims;
    private final Imports imports;
    private final Gates gates;
    private final Guard guard;
    private final Doubts doubts;
    private final ApiKey key;
    private final SendRules rules;
    private final InstantSource clock;
    private @Nullable String fingerprint;
    private Claims.@Nullable Head uncertain;

    public SendWork(
            SendStage send,
            Claims claims,
            Imports imports,
            Gates gates,
            Guard guard,
            Doubts doubts,
            ApiKey key,
            SendRules rules,
            InstantSource clock) {
        this.send = send;
        this.claims = claims;
        this.imports = imports;
        this.gates = gates;
        this.guard = guard;
        this.doubts = doubts;
        this.key = key;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public synchronized @Nullable Object claim() {
        send.settleOwed();
        resolve();
        Instant now = clock.instant();
        if (!isKeyThere(now)) {
            return null;
        }
        for (Optional<Claims.Head> head = claims.next(now); head.isPresent(); head = claims.next(now)) {
            Optional<Claim> claim = mayGo(head.get(), now) ? begin(head.get(), now) : Optional.empty();
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        return claims.segmentToProbe(now).map(segment -> probe(segment, now)).orElse(null);
    }

    private Optional<Claim> begin(Claims.Head head, Instant now) {
        uncertain = head;
        Optional<Claim> claim = claims.begin(head, now);
        uncertain = null;
        CrashPoint.SEND_RECORDED.hit();
        return claim;
    }

    /** If the ledger failed while an attempt was recorded, it may be recorded; nobody has it in hand, so it was not made. */
    private void resolve() {
        Claims.Head head = uncertain;
        if (head != null) {
            claims.open().stream()
                    .filter(claim -> claim.row().id().equals(head.row().id()))
                    .forEach(claim -> send.unsent(claim, true));
            uncertain = null;
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
        Optional<String> current = key.current().map(Secret::fingerprint);
        Optional<GateRow> closed = gates.find(Gates.CREDENTIAL);
        if (current.isEmpty()) {
            if (closed.isEmpty()) {
                gates.close(Gates.CREDENTIAL, Code.CRED_MISSING, sentence(), Imports.SELF, now);
            }
            return false;
        }
        if (closed.isPresent() && closed.get().code() == Code.CRED_MISSING) {
            gates.open(Gates.CREDENTIAL, Imports.SELF, now);
        } else if (closed.isPresent() && !Objects.equals(fingerprint, current.get())) {
            gates.probeNow(Gates.CREDENTIAL, now);
        }
        fingerprint = current.get();
        return true;
    }

    private static String sentence() {
        return Code.CRED_MISSING.meaning() + "; " + Code.CRED_MISSING.remedy() + ".";
    }

    private boolean mayGo(Claims.Head head, Instant now) {
        Optional<Step.Hold> doubt = Delivery.before(doubts.of(head.row(), head.chunk()), now, rules);
        if (doubt.isPresent()) {
            imports.hold(head.row().id(), doubt.get().why(), doubt.get().reason(), now);
            return false;
        }
        return guard.lets(head, now);
    }

    @Override
    public void release(Object piece) {
        // the attempt's outcome is in the ledger
    }
}
