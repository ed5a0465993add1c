package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;

/**
 * Lays a sidecar over the defaults of its drop. A default that does not fit this kind of import gives way, and that is told
 * ({@code SIDE_DEFAULT_LEFT_OUT}); what the sidecar itself says is never left out, it is for the rules to judge.
 */
final class Overlay {

    /** What a suppression import must not have. Source: the API's guide for the first three; the others by their meaning. */
    static final Set<Key> NOT_FOR_SUPPRESSION = EnumSet.of(
            Key.ACTIVE_STATUS,
            Key.SOURCE_CAMPAIGN,
            Key.SOURCE_PARTNER,
            Key.SUBSCRIPTION_ACTION,
            Key.TAGS_TO_ADD,
            Key.TAGS_TO_REMOVE,
            Key.SUBSCRIBER_TAGS_TO_ADD,
            Key.SUBSCRIBER_TAGS_TO_REMOVE,
            Key.REPLACE_TAGS,
            Key.REPLACE_SUBSCRIBER_TAGS,
            Key.CREATE_SMS_ADDONS,
            Key.SMS_PHONE_VARIABLE,
            Key.SEND_SMS_CONFIRMATION,
            Key.SUBSCRIPTION_OPTIONS);

    private static final Set<Key> TAG_LISTS =
            EnumSet.of(Key.TAGS_TO_ADD, Key.TAGS_TO_REMOVE, Key.SUBSCRIBER_TAGS_TO_ADD, Key.SUBSCRIBER_TAGS_TO_REMOVE);

    private final EnumMap<Key, Object> values = new EnumMap<>(Key.class);
    private final EnumMap<Key, Origin> from = new EnumMap<>(Key.class);
    private final Findings findings;

    private Overlay(Findings findings) {
        this.findings = findings;
    }

    static Draft of(Settings sidecar, DropPolicy policy, FieldNames names, Findings findings) {
        Overlay overlay = new Overlay(findings);
        overlay.put(policy.defaults(), Origin.DROP);
        overlay.put(sidecar, Origin.SIDECAR);
        overlay.takeSuppression(policy);
        overlay.leaveOutWhatDoesNotFit();
        overlay.dropEmptyTagLists();
        return new Draft(overlay.settings(), overlay.from, policy, names);
    }

    private void put(Settings settings, Origin origin) {
        settings.values().forEach((key, value) -> put(key, value, origin));
    }

    private void put(Key key, Object value, Origin origin) {
        values.put(key, value);
        from.put(key, origin);
    }

    private Settings settings() {
        return new Settings(values);
    }

    /** A sidecar need not repeat what the drop, or its own segment.create, says of the segment. */
    private void takeSuppression(DropPolicy policy) {
        Draft.expected(settings().segment(), policy).ifPresent(expected -> {
            Suppression suppression = expected.suppression();
            if (suppression != values.get(Key.SUPPRESSION)) {
                leaveOut(Key.SUPPRESSION, "the segment says otherwise");
            }
            if (suppression != null && !values.containsKey(Key.SUPPRESSION)) {
                put(Key.SUPPRESSION, suppression, expected.from());
            }
        });
    }

    private void leaveOutWhatDoesNotFit() {
        Suppression suppression = settings().suppression();
        if (suppression != null) {
            NOT_FOR_SUPPRESSION.forEach(key -> leaveOut(key, "this is a suppression import"));
        }
        if (suppression == null || suppression == Suppression.NONE) {
            leaveOut(Key.HASH, "the segment has no hash type");
        }
        leaveOutStatusOrNone();
        leaveOutCampaign();
        leaveOutHelpers();
    }

    private void leaveOutStatusOrNone() {
        if (settings().subscriptionAction() != SubscriptionAction.NONE || !Draft.setsStatus(settings())) {
            return;
        }
        if (isSidecars(Key.ACTIVE_STATUS)) {
            leaveOut(Key.SUBSCRIPTION_ACTION, "none does not go with activeStatus");
        } else if (isSidecars(Key.SUBSCRIPTION_ACTION)) {
            leaveOut(Key.ACTIVE_STATUS, "it does not go with the subscriptionAction none");
        }
    }

    private void leaveOutCampaign() {
        if (!Draft.setsStatus(settings())) {
            leaveOut(Key.SOURCE_CAMPAIGN, "activeStatus is neither true nor false");
            leaveOut(Key.SOURCE_PARTNER, "activeStatus is neither true nor false");
        }
        if (!values.containsKey(Key.SOURCE_CAMPAIGN)) {
            leaveOut(Key.SOURCE_PARTNER, "there is no sourceCampaign");
        }
    }

    private void leaveOutHelpers() {
        if (!settings().isTrue(Key.CREATE_SMS_ADDONS)) {
            leaveOut(Key.SMS_PHONE_VARIABLE, "createSmsAddons is not true");
            leaveOut(Key.SEND_SMS_CONFIRMATION, "createSmsAddons is not true");
        }
        if (settings().ids(Key.TAGS_TO_ADD).isEmpty()) {
            leaveOut(Key.REPLACE_TAGS, "there are no tagsToAdd");
        }
        if (settings().ids(Key.SUBSCRIBER_TAGS_TO_ADD).isEmpty()) {
            leaveOut(Key.REPLACE_SUBSCRIBER_TAGS, "there are no subscriberTagsToAdd");
        }
    }

    private boolean isSidecars(Key key) {
        return from.get(key) == Origin.SIDECAR;
    }

    /** Does nothing to what the sidecar says. A default that asked for nothing goes without a word. */
    private void leaveOut(Key key, String why) {
        if (from.get(key) != Origin.DROP) {
            return;
        }
        Object value = values.remove(key);
        from.remove(key);
        if (Draft.says(value)) {
            findings.add(
                    Code.SIDE_DEFAULT_LEFT_OUT,
                    key,
                    "the drop's default for `" + key.word() + "` was left out: " + why);
        }
    }

    /** An empty list asks for nothing, but has by now replaced the drop's. */
    private void dropEmptyTagLists() {
        for (Key key : TAG_LISTS) {
            if (!Draft.says(values.get(key))) {
                values.remove(key);
                from.remove(key);
            }
        }
    }
}
