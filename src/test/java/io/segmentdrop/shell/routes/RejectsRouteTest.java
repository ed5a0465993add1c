package io.segmentdrop.shell.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.segmentdrop.testkit.Dropper;
import org.junit.jupiter.api.Test;

/** {@code 70-rejects}: rejected rows go through camel-csv, and are shown without their values. */
class RejectsRouteTest extends RouteTest {

    @Override
    void advise() throws Exception {
        advise("rejected-rows", route -> route.weaveById("mask").before().to("mock:rows"));
    }

    @Test
    void eachRowIsReadAndMasked() {
        String name = fresh();
        pair(name, Dropper.csv(name, 300) + "no address\n", 1, "");
        rig.scan();
        rig.check();
        Object shown = camel.createFluentProducerTemplate()
                .to("direct:rejects")
                .withBody(row(name))
                .request();
        assertThat(mock("rows").getReceivedCounter()).isEqualTo(1);
        assertThat(String.valueOf(shown)).isNotBlank().doesNotContain("no address");
    }
}
