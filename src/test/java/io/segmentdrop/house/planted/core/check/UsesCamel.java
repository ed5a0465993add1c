package io.segmentdrop.house.planted.core.check;

import org.apache.camel.Exchange;

/** Planted: the core knows a framework. */
public final class UsesCamel {
    public String id(Exchange exchange) {
        return exchange.getExchangeId();
    }
}
