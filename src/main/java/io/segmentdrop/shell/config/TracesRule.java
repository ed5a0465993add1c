package io.segmentdrop.shell.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Traces, if they are wanted, go to an address. */
record TracesRule() implements StartupRule {

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        String endpoint = properties.traces().endpoint();
        refuse.unless(
                endpoint == null || isAddress(endpoint),
                SegmentDropProperties.PREFIX + ".traces.endpoint",
                "expected an address such as http://localhost:4318/v1/traces, without a user, found something else");
    }

    private static boolean isAddress(String endpoint) {
        try {
            URI address = new URI(endpoint);
            return isHttp(address.getScheme()) && address.getHost() != null && address.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "http".equals(scheme) || "https".equals(scheme);
    }
}
