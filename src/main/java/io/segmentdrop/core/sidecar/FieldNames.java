package io.segmentdrop.core.sidecar;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names of form fields on the wire. The API's pages name most of them; the six of {@link #UNPUBLISHED} are known only
 * where the configuration names them, since a wrong name would fail silently and texts would go out.
 */
public record FieldNames(Map<Key, String> configured) {

    /** The options whose field names OptiPub's public pages do not tell, with the configuration's key for each. */
    public static final Map<Key, String> UNPUBLISHED = new EnumMap<>(Map.of(
            Key.CREATE_SMS_ADDONS, "create-sms-addons",
            Key.SMS_PHONE_VARIABLE, "sms-phone-variable",
            Key.SEND_SMS_CONFIRMATION, "send-sms-confirmation",
            Key.SUPPRESS_FUNNEL_EVENTS, "suppress-funnel-events",
            Key.REPLACE_TAGS, "replace-tags",
            Key.REPLACE_SUBSCRIBER_TAGS, "replace-subscriber-tags"));

    public FieldNames {
        configured = Map.copyOf(configured);
    }

    /** The field's name, or empty if it is not known and the option must be refused ({@code API_FIELD_UNNAMED}). */
    public Optional<String> of(Key key) {
        return UNPUBLISHED.containsKey(key) ? Optional.ofNullable(configured.get(key)) : Optional.of(key.word());
    }
}
