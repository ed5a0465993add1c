package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.core.ledger.ChunkState;
import io.segmentdrop.core.ledger.ImportState;
import io.segmentdrop.core.problem.Code;
import io.segmentdrop.shell.ledger.ChunkRow;
import io.segmentdrop.shell.ledger.Gates;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code 30-send}: each branch that an attempt may take, and what a fault on the way means. */
class SendRouteTest extends RouteTest {

    private static final String CREATED = "{\"error\": false, \"message\": \"ok\"}";

    @Override
    void advise() throws Exception {
        advise("check", route -> route.weaveById("look").replace().to("mock:look"));
        advise("send", route -> {
            route.weaveById("request").before().to("mock:before");
            route.weaveById("call").replace().to("mock:api");
            route.weaveById("outcome").before().to("mock:outcome");
        });
    }

    private ChunkRow chunk(String name) {
        return rig.imports().chunks(row(name).id()).getFirst();
    }

    private String sent(long segment, int status, String body) {
        answers("api", status, body);
        String name = planned(segment, "");
        assertThat(rig.sendOne()).isTrue();
        return name;
    }

    private Verdict verdict() {
        return body(mock("outcome").getReceivedExchanges().getFirst(), Verdict.class);
    }

    @Test
    void accepted() {
        String name = sent(11, 201, CREATED);
        assertThat(verdict().isAccepted()).isTrue();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }

    @Test
    void retriedLaterWhereThatHasNoSecondEffect() {
        String name = sent(12, 500, "{\"message\": \"Server Error\"}");
        assertThat(verdict().isAgain()).isTrue();
        assertThat(state(name)).isEqualTo(ImportState.READY);
        assertThat(chunk(name).notBefore())
                .isGreaterThan(trial.setup().clock().instant().toEpochMilli());
        assertThat(rig.sendOne()).isFalse();

        answers("api", 201, CREATED);
        trial.setup().clock().advance(Duration.ofMinutes(1));
        assertThat(rig.sendOne()).isTrue();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }

    @Test
    void halvedWhenItIsTooLarge() {
        String name = sent(13, 413, "{}");
        assertThat(verdict().isHalve()).isTrue();
        assertThat(rig.imports().chunks(row(name).id())).hasSize(2);
        answers("api", 201, CREATED);
        rig.run();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }

    @Test
    void heldForAPerson() {
        String name = sent(14, 404, "{\"message\": \"Not found.\"}");
        assertThat(verdict().isHold()).isTrue();
        assertThat(row(name).code()).isEqualTo(Code.SEG_NOT_FOUND);
        assertThat(state(name)).isEqualTo(ImportState.HELD);
    }

    @Test
    void aDeadLetterWhenTheApiRefusesTheFile() {
        String name = sent(15, 422, "{\"error\": true, \"message\": \"no\"}");
        assertThat(verdict().isUndeliverable()).isTrue();
        assertThat(state(name)).isEqualTo(ImportState.UNDELIVERABLE);
    }

    @Test
    void aRefusedKeyClosesTheGateAndAProbeOpensIt() {
        String name = sent(16, 401, "{\"message\": \"Unauthenticated.\"}");
        assertThat(verdict().isCloseGate()).isTrue();
        assertThat(rig.gates().find(Gates.CREDENTIAL)).isPresent();
        assertThat(state(name)).isEqualTo(ImportState.READY);

        answers("api", 201, CREATED);
        trial.setup().clock().advance(Duration.ofHours(1));
        rig.run();
        assertThat(rig.gates().find(Gates.CREDENTIAL)).isEmpty();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }

    /** Nothing was asked yet, so that nothing can have been applied. */
    @Test
    void aFaultBeforeTheRequestIsNotApplied() {
        answers("api", 201, CREATED);
        String name = planned(17, "");
        failNext("before", new IOException("the disk"));
        rig.sendOne();
        assertThat(chunk(name).state()).isEqualTo(ChunkState.PLANNED);
        assertThat(mock("api").getReceivedCounter()).isZero();
        mock("before").reset();
        trial.setup().clock().advance(Duration.ofMinutes(1));
        rig.run();
        assertThat(state(name)).isEqualTo(ImportState.DELIVERED);
    }

    /** The request was made, and nobody knows what became of it. */
    @Test
    void aFaultAfterTheRequestIsInDoubtAndTreatedAsItsClassAllows() {
        answers("api", 201, CREATED);
        String safe = planned(18, "");
        failNext("outcome", new IllegalStateException("a fault of the test"));
        rig.sendOne();
        assertThat(state(safe)).isEqualTo(ImportState.READY);
        assertThat(chunk(safe).state()).isEqualTo(ChunkState.IN_DOUBT);

        mock("outcome").reset();
        trial.setup().clock().advance(Duration.ofMinutes(1));
        rig.run();
        assertThat(state(safe)).isEqualTo(ImportState.DELIVERED);
    }
}
