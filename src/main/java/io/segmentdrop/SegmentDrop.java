package io.segmentdrop;

import io.segmentdrop.cli.CheckCommand;
import io.segmentdrop.cli.HostKeyCommand;
import io.segmentdrop.shell.ledger.LedgerTaken;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;

/**
 * The way in: a word as the first argument is a command and runs without Spring; anything else starts the server. The
 * ledger opens its own database, so that Spring Boot makes none.
 */
@SpringBootApplication(
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
public class SegmentDrop {

    private static final int RUNS_ALREADY = 3;

    public static void main(String[] args) {
        if (CheckCommand.isMeant(args) || HostKeyCommand.isMeant(args)) {
            PrintWriter out = new PrintWriter(
                    new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
            PrintWriter err = new PrintWriter(
                    new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true);
            System.exit(
                    HostKeyCommand.isMeant(args)
                            ? HostKeyCommand.run(out, err, args)
                            : CheckCommand.run(new ConfiguredDrops(), out, err, args));
        }
        serve(args);
    }

    /** The program's end code is 0 where it was asked to end, 1 where it does not start, and 3 where that is because it runs already. */
    private static void serve(String[] args) {
        Termination.endsWith(0);
        try {
            SpringApplication.run(SegmentDrop.class, args);
        } catch (RuntimeException e) {
            if (RefusedFailureAnalyzer.refusal(e) instanceof LedgerTaken) {
                // Spring has told why
                System.exit(RUNS_ALREADY);
            }
            throw e;
        }
    }
}
