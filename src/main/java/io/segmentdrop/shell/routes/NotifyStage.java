package io.segmentdrop.shell.routes;

import java.util.Map;
import org.apache.camel.Exchange;

/** What operations are told, in the shapes that a route may want to send. */
public final class NotifyStage {

    /** The notice as JSON values; the README lists the keys. */
    public Map<String, Object> news(Exchange exchange) {
        return telling(exchange).due().notice().toMap();
    }

    /** The same as {@code {"text": …}}, which is what Slack, Mattermost and Teams take. */
    public Map<String, Object> message(Exchange exchange) {
        return Map.of("text", telling(exchange).due().notice().text());
    }

    /** The same as one line of text. */
    public String text(Exchange exchange) {
        return telling(exchange).due().notice().text();
    }

    private static NotifyWork.Telling telling(Exchange exchange) {
        return Piece.of(exchange, NotifyWork.Telling.class);
    }
}
