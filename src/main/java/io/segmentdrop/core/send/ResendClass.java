package io.segmentdrop.core.send;

import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import java.util.List;

/**
 * Whether a chunk that is in doubt may be sent again; fixed when the import is planned (design, section 7). The order counts:
 * each is stricter than the one before.
 */
public enum ResendClass {
    /** Sending it twice ends as sending it once does. */
    SAFE,
    /** Sending it again would undo what happened in between, so that it may be done only soon. */
    SAFE_IN_WINDOW,
    /** Sending it again may start a campaign effort, a text or a funnel twice. Never done without a person. */
    UNSAFE;

    private static final List<Key> SMS = List.of(Key.CREATE_SMS_ADDONS, Key.SEND_SMS_CONFIRMATION);
    private static final List<Key> CAMPAIGN = List.of(Key.SOURCE_CAMPAIGN, Key.SOURCE_PARTNER);
    private static final List<Key> REPLACE = List.of(Key.REPLACE_TAGS, Key.REPLACE_SUBSCRIBER_TAGS);
    private static final List<Key> TAGS =
            List.of(Key.TAGS_TO_ADD, Key.TAGS_TO_REMOVE, Key.SUBSCRIBER_TAGS_TO_ADD, Key.SUBSCRIBER_TAGS_TO_REMOVE);

    /**
     * The class of an import.
     *
     * @param funnels whether imports to its segment fire funnels
     * @param tagColumns whether its CSV has tag columns of any kind
     * @param tagReplaceColumns whether its CSV has replacing tag columns
     */
    public static ResendClass of(Options options, boolean funnels, boolean tagColumns, boolean tagReplaceColumns) {
        Settings settings = options.settings();
        if (actsOnPeople(settings) || firesFunnels(settings, funnels)) {
            return UNSAFE;
        }
        boolean overwrites =
                options.clear() || tagColumns || tagReplaceColumns || setsTags(settings) || setsSubscriptions(settings);
        return overwrites ? SAFE_IN_WINDOW : SAFE;
    }

    private static boolean actsOnPeople(Settings settings) {
        return CAMPAIGN.stream().anyMatch(settings::has) || SMS.stream().anyMatch(settings::isTrue);
    }

    private static boolean firesFunnels(Settings settings, boolean funnels) {
        return funnels && !settings.isTrue(Key.SUPPRESS_FUNNEL_EVENTS);
    }

    private static boolean setsTags(Settings settings) {
        return TAGS.stream().anyMatch(key -> !settings.ids(key).isEmpty())
                || REPLACE.stream().anyMatch(settings::isTrue);
    }

    private static boolean setsSubscriptions(Settings settings) {
        return !settings.subscriptionOptions().isEmpty()
                || settings.activeStatus() == ActiveStatus.INACTIVE
                || changesExisting(settings);
    }

    /** Creating alone leaves the subscriptions that are there untouched. */
    private static boolean changesExisting(Settings settings) {
        SubscriptionAction action = settings.subscriptionAction();
        if (action == null) {
            return settings.activeStatus() == ActiveStatus.ACTIVE;
        }
        return switch (action) {
            case UPDATE_ONLY, CREATE_OR_UPDATE -> true;
            case CREATE_ONLY -> false;
            case NONE -> settings.activeStatus() == ActiveStatus.ACTIVE;
        };
    }
}
