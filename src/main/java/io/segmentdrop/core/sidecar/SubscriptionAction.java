package io.segmentdrop.core.sidecar;

import java.util.Locale;

/** What the import does to subscriptions. Source: the API's reference of importing a segment. */
public enum SubscriptionAction {
    NONE,
    CREATE_ONLY,
    UPDATE_ONLY,
    CREATE_OR_UPDATE;

    /** The word on the wire and in the sidecar. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
