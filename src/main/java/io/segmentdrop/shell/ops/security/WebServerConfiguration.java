package io.segmentdrop.shell.ops.security;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the web server meets strangers, hostile ones among them. */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

    /** Requests that are worked on at once. */
    static final int PLACES = 64;

    /** Threads beside those: for probes, and for what takes no time. */
    private static final int RESERVE = 32;

    /** Whatever somebody may be sent before the sign-in fits in, so that no thread waits for a client that does not read. */
    static final int SEND_BUFFER = 64 * 1024;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> strangers() {
        return server -> {
            server.setProtocol(FewConnections.Protocol.class.getName());
            server.addEngineValves(new Entrance(PLACES));
            TomcatProtocolHandlerCustomizer<AbstractHttp11Protocol<?>> limits = protocol -> {
                protocol.setMaxThreads(PLACES + RESERVE);
                protocol.setProperty("socket.txBufSize", String.valueOf(SEND_BUFFER));
            };
            server.addProtocolHandlerCustomizers(limits);
        };
    }
}
