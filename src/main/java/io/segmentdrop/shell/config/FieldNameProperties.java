package io.segmentdrop.shell.config;

import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of form fields that OptiPub's public pages do not tell; an option whose field is not named is refused.
 *
 * @param createSmsAddons the form field of createSmsAddons
 * @param smsPhoneVariable the form field of smsPhoneVariable
 * @param sendSmsConfirmation the form field of sendSmsConfirmation
 * @param suppressFunnelEvents the form field of suppressFunnelEvents
 * @param replaceTags the form field of replaceTags
 * @param replaceSubscriberTags the form field of replaceSubscriberTags
 */
public record FieldNameProperties(
        @Nullable String createSmsAddons,
        @Nullable String smsPhoneVariable,
        @Nullable String sendSmsConfirmation,
        @Nullable String suppressFunnelEvents,
        @Nullable String replaceTags,
        @Nullable String replaceSubscriberTags) {

    /** The names that are configured. */
    public FieldNames names() {
        Map<Key, String> names = new EnumMap<>(Key.class);
        put(names, Key.CREATE_SMS_ADDONS, createSmsAddons);
        put(names, Key.SMS_PHONE_VARIABLE, smsPhoneVariable);
        put(names, Key.SEND_SMS_CONFIRMATION, sendSmsConfirmation);
        put(names, Key.SUPPRESS_FUNNEL_EVENTS, suppressFunnelEvents);
        put(names, Key.REPLACE_TAGS, replaceTags);
        put(names, Key.REPLACE_SUBSCRIBER_TAGS, replaceSubscriberTags);
        return new FieldNames(names);
    }

    private static void put(Map<Key, String> names, Key key, @Nullable String name) {
        String text = Texts.orNull(name);
        if (text != null) {
            names.put(key, text);
        }
    }
}
