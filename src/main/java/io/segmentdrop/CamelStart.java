package io.segmentdrop;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/** What is done to the Camel context before it starts. */
@FunctionalInterface
interface CamelStart extends CamelContextConfiguration {

    void before(CamelContext camel) throws Exception;

    static CamelContextConfiguration of(CamelStart start) {
        return start;
    }

    @Override
    default void beforeApplicationStart(CamelContext camel) {
        try {
            before(camel);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot prepare Camel", e);
        }
    }

    @Override
    default void afterApplicationStart(CamelContext camel) {}
}
