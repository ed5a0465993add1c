package io.segmentdrop.cli;

import io.segmentdrop.core.drop.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command line: {@code check FILE.csv [--sidecar FILE.json] [--drop NAME] [--json]} (design, section 12). The answer goes to
 * the standard output, everything else to the standard error. No Spring, no network; nothing is written to disk.
 */
@Command(
        name = "java -jar segment-drop.jar",
        description = "Without a command, runs the server.",
        exitCodeOnInvalidInput = CheckCommand.USAGE)
public final class CheckCommand {

    /** The exit code of a wrong call. */
    public static final int USAGE = 64;

    /** The exit code when a file cannot be read, or after a fault of ours. */
    public static final int FAULT = 70;

    private final Function<String, ConfiguredDrop> drops;
    private final PrintWriter out;
    private final PrintWriter err;

    private CheckCommand(Function<String, ConfiguredDrop> drops, PrintWriter out, PrintWriter err) {
        this.drops = drops;
        this.out = out;
        this.err = err;
    }

    /** True if these arguments are for the command line, not for the server. */
    public static boolean isMeant(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("check");
    }

    /**
     * Runs one command.
     *
     * @param drops what the configuration says of a drop, by its name; asked only for {@code --drop}. Throws an
     *     {@link IllegalArgumentException} that says what was expected if there is no such drop or no usable configuration
     * @return the exit code: 0 clean, 1 rows rejected, 2 file rejected, {@link #USAGE} or {@link #FAULT}
     */
    public static int run(
            Function<String, ConfiguredDrop> drops, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new CheckCommand(drops, out, err));
        int exitCode = commandLine.setOut(out).setErr(err).execute(arguments);
        out.flush();
        err.flush();
        return exitCode;
    }

    @Command(
            name = "check",
            description = "Checks a CSV and its sidecar as the server would, and sends nothing.",
            footer = "Ends with 0: clean, 1: rows rejected, 2: file rejected, 64: wrong call, 70: a file cannot be"
                    + " read.",
            exitCodeOnInvalidInput = USAGE,
            exitCodeOnExecutionException = FAULT)
    int check(
            @Parameters(paramLabel = "FILE.csv", description = "The CSV.") Path csv,
            @Option(
                            names = "--sidecar",
                            paramLabel = "FILE.json",
                            description = "Its sidecar; without it, the one that stands beside the CSV.")
                    @Nullable
                    Path sidecar,
            @Option(
                            names = "--drop",
                            paramLabel = "NAME",
                            description = "The drop whose rules and defaults count; without it, everything is allowed.")
                    @Nullable
                    String drop,
            @Option(names = "--json", description = "Answer in JSON.") boolean json,
            @Option(names = "--help", usageHelp = true, description = "Say this.") boolean help) {
        Question question;
        try {
            question = question(csv, sidecar, drop);
        } catch (IllegalArgumentException e) {
            return fail(USAGE, Objects.toString(e.getMessage()));
        }
        return answer(question, json);
    }

    private int answer(Question question, boolean json) {
        try {
            Answer answer = new PairCheck(question, err).check();
            write(answer, json);
            return answer.verdict().exitCode();
        } catch (IOException e) {
            return fail(FAULT, "a file cannot be read: " + e.getMessage() + "; nothing was answered");
        }
    }

    private Question question(Path csv, @Nullable Path sidecar, @Nullable String drop) {
        for (Path file : sidecar == null ? List.of(csv) : List.of(csv, sidecar)) {
            if (!Files.exists(file)) {
                throw new IllegalArgumentException("expected a file, found nothing at " + file);
            }
        }
        return new Question(csv, sidecar, drop, drop == null ? null : drops.apply(drop));
    }

    private void write(Answer answer, boolean json) {
        if (json) {
            out.println(AnswerJson.of(answer));
        } else {
            new AnswerText(out).write(answer);
        }
    }

    private int fail(int exitCode, String message) {
        err.println(Names.shown(message));
        return exitCode;
    }
}
