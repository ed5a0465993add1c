package io.segmentdrop.core.send;

import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.core.sidecar.Settings;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns options into the form that is sent (design, section 7). The same options give the same fields in the same order. */
public final class FormFields {

    private final Settings settings;
    private final FieldNames names;
    private final List<FormField> fields = new ArrayList<>();

    private FormFields(Settings settings, FieldNames names) {
        this.settings = settings;
        this.names = names;
    }

    /**
     * The fields in the order of {@link Key}, {@code clear} first and always there. Booleans are {@code 1} and {@code 0};
     * {@code activeStatus} is left out for a lead; a list is a repeated {@code name[]}; {@code subscriptionOptions} is one
     * field a key. An option with an unpublished name is left out where it is false. What is ours alone (segment,
     * suppression, hash, columns, dryRun, the proofs) is not sent.
     *
     * @throws IllegalArgumentException if an option's field has no name (the policy refuses such an import before), or a key
     *     of {@code subscriptionOptions} cannot be a field's name
     */
    public static List<FormField> of(Options options, FieldNames names) {
        FormFields form = new FormFields(options.settings(), names);
        for (Key key : Key.values()) {
            form.add(key);
        }
        return List.copyOf(form.fields);
    }

    private void add(Key key) {
        switch (key) {
            case CLEAR -> send(key, bool(settings.isTrue(key)));
            case ACTIVE_STATUS -> addActiveStatus(settings.activeStatus());
            case SUBSCRIPTION_ACTION -> addAction(settings.subscriptionAction());
            case SOURCE_CAMPAIGN, SOURCE_PARTNER, SMS_PHONE_VARIABLE -> addNumber(key);
            case TAGS_TO_ADD, TAGS_TO_REMOVE, SUBSCRIBER_TAGS_TO_ADD, SUBSCRIBER_TAGS_TO_REMOVE -> addIds(key);
            case REPLACE_TAGS,
                    REPLACE_SUBSCRIBER_TAGS,
                    CREATE_SMS_ADDONS,
                    SEND_SMS_CONFIRMATION,
                    SUPPRESS_FUNNEL_EVENTS -> addIfTrue(key);
            case SUBSCRIPTION_OPTIONS ->
                settings.subscriptionOptions().entrySet().forEach(this::addOption);
            case SEGMENT, SUPPRESSION, HASH, COLUMNS, BYTES, SHA256, ROWS, FILE, REQUEST_ID, DRY_RUN -> {}
        }
    }

    private void addActiveStatus(@Nullable ActiveStatus status) {
        if (status != null && status != ActiveStatus.LEAD) {
            send(Key.ACTIVE_STATUS, bool(status == ActiveStatus.ACTIVE));
        }
    }

    private void addAction(@Nullable SubscriptionAction action) {
        if (action != null) {
            send(Key.SUBSCRIPTION_ACTION, action.word());
        }
    }

    private void addNumber(Key key) {
        Long number = settings.number(key);
        if (number != null) {
            send(key, Long.toString(number));
        }
    }

    private void addIds(Key key) {
        String name = name(key) + "[]";
        settings.ids(key).forEach(id -> fields.add(new FormField(name, Long.toString(id))));
    }

    private void addIfTrue(Key key) {
        if (settings.isTrue(key)) {
            send(key, "1");
        }
    }

    private void addOption(Map.Entry<String, Object> option) {
        if (option.getKey().matches(".*[\\[\\]].*")) {
            throw new IllegalArgumentException("expected a key of subscriptionOptions without brackets");
        }
        String value = option.getValue() instanceof Boolean truth
                ? bool(truth)
                : option.getValue().toString();
        fields.add(new FormField(name(Key.SUBSCRIPTION_OPTIONS) + "[" + option.getKey() + "]", value));
    }

    private void send(Key key, String value) {
        fields.add(new FormField(name(key), value));
    }

    private String name(Key key) {
        return names.of(key)
                .orElseThrow(() -> new IllegalArgumentException("expected a configured field name for " + key.word()));
    }

    // the API's guide asks for 1 and 0; the text "false" might be read as true and empty the segment
    private static String bool(boolean truth) {
        return truth ? "1" : "0";
    }
}
