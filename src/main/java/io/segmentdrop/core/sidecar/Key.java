package io.segmentdrop.core.sidecar;

/**
 * The keys of a sidecar (design, section 5). The constants' order is the order in receipts and in the documentation.
 * The Java type that {@link Settings} holds for a key stands behind it.
 */
public enum Key {
    /** {@link SegmentRef}. */
    SEGMENT("segment", true),
    /** {@link Boolean}. */
    CLEAR("clear", true),
    /** {@link ActiveStatus}; JSON null is {@link ActiveStatus#LEAD}. */
    ACTIVE_STATUS("activeStatus", true),
    /** {@link SubscriptionAction}. */
    SUBSCRIPTION_ACTION("subscriptionAction", true),
    /** {@link Long}. */
    SOURCE_CAMPAIGN("sourceCampaign", true),
    /** {@link Long}. */
    SOURCE_PARTNER("sourcePartner", true),
    /** {@code List<Long>}. */
    TAGS_TO_ADD("tagsToAdd", true),
    /** {@code List<Long>}. */
    TAGS_TO_REMOVE("tagsToRemove", true),
    /** {@code List<Long>}. */
    SUBSCRIBER_TAGS_TO_ADD("subscriberTagsToAdd", true),
    /** {@code List<Long>}. */
    SUBSCRIBER_TAGS_TO_REMOVE("subscriberTagsToRemove", true),
    /** {@link Boolean}. */
    REPLACE_TAGS("replaceTags", true),
    /** {@link Boolean}. */
    REPLACE_SUBSCRIBER_TAGS("replaceSubscriberTags", true),
    /** {@link Boolean}. */
    CREATE_SMS_ADDONS("createSmsAddons", true),
    /** {@link Long}. */
    SMS_PHONE_VARIABLE("smsPhoneVariable", true),
    /** {@link Boolean}. */
    SEND_SMS_CONFIRMATION("sendSmsConfirmation", true),
    /** {@link Boolean}. */
    SUPPRESS_FUNNEL_EVENTS("suppressFunnelEvents", true),
    /** {@code SortedMap<String, Object>} of {@link String}, {@link Long} or {@link Boolean}. */
    SUBSCRIPTION_OPTIONS("subscriptionOptions", true),
    /** {@link Suppression}. */
    SUPPRESSION("suppression", true),
    /** {@link Boolean}. */
    HASH("hash", true),
    /** {@code SequencedMap<String, String>}: header in the CSV to header that is sent. */
    COLUMNS("columns", true),
    /** {@link Long}. */
    BYTES("bytes", false),
    /** {@link String} of 64 lower-case hexadecimal digits. */
    SHA256("sha256", false),
    /** {@link Long}. */
    ROWS("rows", false),
    /** {@link String}. */
    FILE("file", false),
    /** {@link String}. */
    REQUEST_ID("requestId", false),
    /** {@link Boolean}. */
    DRY_RUN("dryRun", true);

    private final String word;
    private final boolean option;

    Key(String word, boolean option) {
        this.word = word;
        this.option = option;
    }

    /** The key as it stands in the JSON. */
    public String word() {
        return word;
    }

    /** True if it says what is to be done (and stands in the receipt's options), false if it says something about the pair. */
    public boolean isOption() {
        return option;
    }
}
