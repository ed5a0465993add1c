package io.segmentdrop.shell.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many days what has ended is kept, counted from its end; what has not ended is never removed.
 *
 * @param archiveDays the files of delivered, duplicate and checked imports, and the API's answers to them; 0: for ever
 * @param deadLetterDays the files of rejected, undeliverable and discarded imports, and the API's answers to them; 0: for ever
 * @param ledgerDays what the ledger knows of an import, after its files; 0: for ever
 */
public record RetentionProperties(
        @DefaultValue("30") int archiveDays,
        @DefaultValue("90") int deadLetterDays,
        @DefaultValue("400") int ledgerDays) {}
