package io.segmentdrop;

import io.segmentdrop.cli.CommandLineMain;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;

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

    public static void main(String[] args) {
        if (args.length > 0 && !args[0].startsWith("--spring.") && CommandLineMain.isCommand(args[0])) {
            System.exit(CommandLineMain.run(args));
        }
        SpringApplication.run(SegmentDrop.class, args);
    }
}
