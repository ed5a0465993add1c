package io.segmentdrop.shell.camel;

/** What is being done when a server fails to answer. */
enum Phase {
    CONNECT("connect"),
    EXCHANGE("key exchange"),
    SIGN_IN("authentication"),
    LIST("list"),
    READ("read"),
    WRITE("write");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
