package io.segmentdrop.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A small JSON body. Its one write counts as the last boundary, since a server may act on it from then on. */
final class JsonEntity extends AbstractHttpEntity {

    private final byte[] json;
    private final Progress progress;

    JsonEntity(String json, Progress progress) {
        super("application/json", null);
        this.json = json.getBytes(UTF_8);
        this.progress = progress;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        progress.begin(json.length);
        progress.lastBoundary();
        out.write(json);
        progress.wrote(json.length);
    }

    @Override
    public long getContentLength() {
        return json.length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    /** Not offered, like an import's. */
    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("a request is only ever written");
    }

    @Override
    public void close() {}
}
