package io.segmentdrop.shell.routes;

import io.segmentdrop.core.sidecar.SidecarParser;
import io.segmentdrop.shell.ledger.ImportRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/** The data format {@code sidecar}: the JSON beside a CSV, with all its faults at once instead of the first. Only read. */
public final class SidecarFormat extends ServiceSupport implements DataFormat {

    private static final int LIMIT = (64 << 10) + 1;

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws IOException {
        return SidecarParser.parse(
                stream.readNBytes(LIMIT), Piece.of(exchange, ImportRow.class).fileName());
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("a sidecar is only ever read");
    }
}
