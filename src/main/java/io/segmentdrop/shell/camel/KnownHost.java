package io.segmentdrop.shell.camel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of a known_hosts file: {@code [@marker] hosts type key}. JSch reads such files too, but no patterns.
 *
 * @param marker such as {@code @revoked}; empty if there is none
 * @param hosts names, patterns, or the hash of one name
 */
record KnownHost(String marker, String hosts, HostKeyLine key) {

    private static final int SSH = 22;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /**
     * Reads a line; empty for a comment.
     *
     * @throws IllegalArgumentException if it is none of that format
     */
    static Optional<KnownHost> of(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        List<String> words = List.of(SPACES.split(text));
        int first = words.getFirst().startsWith("@") ? 1 : 0;
        if (words.size() < first + 3) {
            throw new IllegalArgumentException("expected hosts, type and key");
        }
        byte[] key = Base64.getDecoder().decode(words.get(first + 2));
        return Optional.of(new KnownHost(first == 0 ? "" : words.getFirst(), words.get(first), HostKeyLine.of(key)));
    }

    boolean isOf(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        String full = port == SSH ? name : "[" + name + "]:" + port;
        return hosts.startsWith("|1|") ? isHashOf(full) : isInList(full);
    }

    private boolean isInList(String full) {
        boolean found = false;
        for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",", -1)) {
            boolean not = pattern.startsWith("!");
            String plain = not ? pattern.substring(1) : pattern;
            // a port that is the usual one may be written all the same
            String usual = plain.startsWith("[") ? plain.replaceFirst("^\\[(.*)]:22$", "$1") : plain;
            if (matches(usual, full)) {
                if (not) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, String name) {
        String expression = pattern.codePoints()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.matches(expression, name);
    }

    private boolean isHashOf(String full) {
        String[] parts = hosts.split("\\|", -1);
        if (parts.length != 4) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), mac.getAlgorithm()));
            return MessageDigest.isEqual(
                    mac.doFinal(full.getBytes(StandardCharsets.UTF_8)),
                    Base64.getDecoder().decode(parts[3]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}
