package io.segmentdrop.cli;

import java.util.Set;

/** The commands of the jar. */
public final class CommandLineMain {

    private static final Set<String> COMMANDS = Set.of("check");

    private CommandLineMain() {}

    public static boolean isCommand(String word) {
        return COMMANDS.contains(word);
    }

    /** Runs the command and answers the exit code. */
    public static int run(String[] args) {
        return 64;
    }
}
