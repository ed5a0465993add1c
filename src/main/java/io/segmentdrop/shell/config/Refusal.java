package io.segmentdrop.shell.config;

/**
 * One reason not to start.
 *
 * @param key the key of the configuration, in full
 * @param fault what was expected and what was found; never a secret
 */
public record Refusal(String key, String fault) {

    @Override
    public String toString() {
        return key + ": " + fault;
    }
}
