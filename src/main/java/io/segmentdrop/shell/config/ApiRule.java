package io.segmentdrop.shell.config;

import io.segmentdrop.core.send.WrittenKey;
import io.segmentdrop.core.sidecar.FieldNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API's address is whole and encrypted, and there is a key. */
record ApiRule() implements StartupRule {

    private static final String KEY = SegmentDropProperties.PREFIX + ".api.";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        address(properties.api().baseUrl(), refuse);
        token(properties.api(), refuse);
        fieldNames(properties.api().fieldNames().names(), refuse);
    }

    private static void address(@Nullable String text, Refuse refuse) {
        String fault = text == null ? "nothing" : addressFault(text);
        refuse.unless(
                fault.isEmpty(),
                KEY + "base-url",
                "expected an address such as https://acme.optipub.com, found " + fault);
    }

    private static String addressFault(String text) {
        try {
            return addressFault(new URI(text));
        } catch (URISyntaxException e) {
            return "no address";
        }
    }

    // the address itself is not repeated where it may hold a password or a key
    private static String addressFault(URI address) {
        if (address.getRawUserInfo() != null) {
            return "one with a user or password in it; the key belongs in api.token or api.token-file";
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            return "one with a query or fragment";
        }
        return switch (String.valueOf(address.getScheme())) {
            case "https" -> address.getHost() == null ? "no host in \"" + address + "\"" : "";
            case "http" ->
                LOOPBACK.matcher(String.valueOf(address.getHost())).matches()
                        ? ""
                        : "\"" + address + "\"; http would send the key and the rows in the clear,"
                                + " and is allowed to this machine only (localhost, 127.0.0.0/8, ::1)";
            default -> "\"" + address + "\"";
        };
    }

    private static void token(ApiProperties api, Refuse refuse) {
        Secret token = api.token();
        refuse.unless(
                token != null || api.tokenFile() != null,
                KEY + "token",
                "expected the API key, here or in the file that api.token-file names, found neither");
        if (token != null && WrittenKey.of(token.value()) instanceof WrittenKey.Unusable unusable) {
            refuse.because(
                    KEY + "token",
                    "expected the API key alone, in visible ASCII characters, found " + unusable.found()
                            + " (the value is not shown)");
        }
    }

    private static void fieldNames(FieldNames names, Refuse refuse) {
        names.configured()
                .forEach((key, name) -> refuse.unless(
                        FIELD.matcher(name).matches(),
                        KEY + "field-names." + FieldNames.UNPUBLISHED.get(key),
                        "expected a form field's name of A-Z, a-z, 0-9, _, . and -, found \"" + name + "\""));
    }
}
