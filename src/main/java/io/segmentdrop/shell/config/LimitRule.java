package io.segmentdrop.shell.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Numbers and times are in their range. */
record LimitRule() implements StartupRule {

    private static final String KEY = SegmentDropProperties.PREFIX + ".";

    private static final Pattern MODE = Pattern.compile("0?6[046][046]");

    /** The ledger must remember what was delivered for longer than a duplicate is looked for. */
    private static final int LEDGER_DAYS = 7;

    @Override
    public void check(SegmentDropProperties properties, Refuse refuse) {
        check(properties.check(), refuse);
        split(properties.split(), refuse);
        send(properties.send(), refuse);
        refuse.unless(
                MODE.matcher(properties.receipts().mode()).matches(),
                KEY + "receipts.mode",
                "expected the octal mode of a file that its owner may read and write and nobody may execute, such as"
                        + " \"0640\" (in quotes: YAML takes 0640 for the number 416), found \""
                        + properties.receipts().mode() + "\"");
        some(KEY + "notices.again", properties.notices().again(), refuse);
        retention(properties.retention(), refuse);
        properties.drops().forEach((name, drop) -> drop(name, drop, refuse));
    }

    private static void check(CheckProperties check, Refuse refuse) {
        ratio(KEY + "check.max-reject-ratio", check.maxRejectRatio(), refuse);
        atLeastOne(KEY + "check.max-bytes", check.maxBytes().toBytes(), refuse);
    }

    private static void split(SplitProperties split, Refuse refuse) {
        atLeastOne(KEY + "split.max-rows", split.maxRows(), refuse);
        atLeastOne(KEY + "split.max-bytes", split.maxBytes().toBytes(), refuse);
    }

    private static void send(SendProperties send, Refuse refuse) {
        atLeastOne(KEY + "send.workers", send.workers(), refuse);
        some(KEY + "send.connect-timeout", send.connectTimeout(), refuse);
        some(KEY + "send.response-timeout", send.responseTimeout(), refuse);
        some(KEY + "send.give-up-after", send.giveUpAfter(), refuse);
        some(KEY + "send.hold-limit", send.holdLimit(), refuse);
        some(KEY + "send.backoff.first", send.backoff().first(), refuse);
        refuse.unless(
                send.backoff().longest().compareTo(send.backoff().first()) >= 0,
                KEY + "send.backoff.longest",
                "expected at least backoff.first (" + text(send.backoff().first()) + "), found "
                        + text(send.backoff().longest()));
    }

    private static void retention(RetentionProperties retention, Refuse refuse) {
        notNegative(KEY + "retention.archive-days", retention.archiveDays(), refuse);
        notNegative(KEY + "retention.dead-letter-days", retention.deadLetterDays(), refuse);
        notNegative(KEY + "retention.ledger-days", retention.ledgerDays(), refuse);
        boolean files = forEver(retention.ledgerDays()) >= forEver(retention.archiveDays())
                && forEver(retention.ledgerDays()) >= forEver(retention.deadLetterDays());
        refuse.unless(
                files && forEver(retention.ledgerDays()) >= LEDGER_DAYS,
                KEY + "retention.ledger-days",
                "expected 0 or at least %d, archive-days (%d) and dead-letter-days (%d), found %d"
                        .formatted(
                                LEDGER_DAYS,
                                retention.archiveDays(),
                                retention.deadLetterDays(),
                                retention.ledgerDays()));
    }

    private static int forEver(int days) {
        return days == 0 ? Integer.MAX_VALUE : days;
    }

    private static void notNegative(String key, int days, Refuse refuse) {
        refuse.unless(days >= 0, key, "expected 0 (for ever) or a number of days, found " + days);
    }

    private static void drop(String name, DropProperties drop, Refuse refuse) {
        ratio(StartupRule.dropKey(name, "shrink-guard"), drop.shrinkGuard(), refuse);
        some(StartupRule.dropKey(name, "scan-every"), drop.scanEvery(), refuse);
        some(StartupRule.dropKey(name, "tell-after"), drop.tellAfter(), refuse);
        if (drop.maxInCustody() != null) {
            atLeastOne(
                    StartupRule.dropKey(name, "max-in-custody"),
                    drop.maxInCustody().toBytes(),
                    refuse);
        }
        some(StartupRule.dropKey(name, "orphan-after"), drop.orphanAfter(), refuse);
        refuse.unless(
                !drop.settleFor().isNegative(),
                StartupRule.dropKey(name, "settle-for"),
                "expected no time or more, found " + text(drop.settleFor()));
    }

    private static void ratio(String key, double value, Refuse refuse) {
        refuse.unless(value >= 0 && value <= 1, key, "expected a share from 0 to 1, found " + value);
    }

    private static void atLeastOne(String key, long value, Refuse refuse) {
        refuse.unless(value >= 1, key, "expected at least 1, found " + value);
    }

    private static void some(String key, Duration value, Refuse refuse) {
        refuse.unless(value.toMillis() >= 1, key, "expected at least 1ms, found " + text(value));
    }

    private static String text(Duration value) {
        return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
