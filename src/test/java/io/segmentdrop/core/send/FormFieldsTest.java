package io.segmentdrop.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.sidecar.ActiveStatus;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.Key;
import io.segmentdrop.core.sidecar.SegmentRef;
import io.segmentdrop.core.sidecar.SubscriptionAction;
import io.segmentdrop.core.sidecar.Suppression;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    private static final FieldNames PUBLISHED = new FieldNames(Map.of());
    private static final FieldNames ALL = new FieldNames(FieldNames.UNPUBLISHED);

    @Test
    void everyOptionInItsOrder() {
        assertThat(FormFields.of(Samples.options(everything()), ALL))
                .extracting(field -> field.name() + "=" + field.value())
                .containsExactly(
                        "clear=1",
                        "activeStatus=0",
                        "subscriptionAction=create_or_update",
                        "sourceCampaign=90",
                        "sourcePartner=7",
                        "tagsToAdd[]=3",
                        "tagsToAdd[]=1",
                        "tagsToRemove[]=2",
                        "subscriberTagsToAdd[]=4",
                        "subscriberTagsToRemove[]=5",
                        "replace-tags=1",
                        "replace-subscriber-tags=1",
                        "create-sms-addons=1",
                        "sms-phone-variable=12",
                        "send-sms-confirmation=1",
                        "suppress-funnel-events=1",
                        "subscriptionOptions[auto_renews]=0",
                        "subscriptionOptions[started_at]=2026-01-15",
                        "subscriptionOptions[term]=12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clear=false                              | clear=0",
                "clear=false activeStatus=null            | clear=0",
                "activeStatus=true                        | clear=0 activeStatus=1",
                "clear=true suppression=md5 hash=true dryRun=true | clear=1",
                "clear=false subscriptionAction=none      | clear=0 subscriptionAction=none",
                "clear=false replaceTags=false replaceSubscriberTags=false createSmsAddons=false"
                        + " sendSmsConfirmation=false suppressFunnelEvents=false | clear=0",
            })
    void onlyWhatMustBeSaid(String options, String fields) {
        assertThat(FormFields.of(Samples.options(options), PUBLISHED))
                .extracting(field -> field.name() + "=" + field.value())
                .containsExactly(fields.split(" ", -1));
    }

    @Test
    void anOptionWithoutANameIsNeverSentUnderAGuess() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormFields.of(Samples.options("clear=false suppressFunnelEvents=true"), PUBLISHED))
                .withMessage("expected a configured field name for suppressFunnelEvents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a]", "[a", "a\"; filename=\"b", "a\r\nb", "a\\", "größe"})
    void aKeyCannotBreakOutOfItsName(String key) {
        Map<Key, Object> values = Map.of(Key.SUBSCRIPTION_OPTIONS, new TreeMap<>(Map.of(key, "x")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FormFields.of(Samples.options(values), PUBLISHED))
                .withMessageStartingWith("expected ");
    }

    private static Map<Key, Object> everything() {
        Map<Key, Object> values = new EnumMap<>(Key.class);
        values.put(Key.SEGMENT, new SegmentRef.Id(100789));
        values.put(Key.CLEAR, true);
        values.put(Key.ACTIVE_STATUS, ActiveStatus.INACTIVE);
        values.put(Key.SUBSCRIPTION_ACTION, SubscriptionAction.CREATE_OR_UPDATE);
        values.put(Key.SOURCE_CAMPAIGN, 90L);
        values.put(Key.SOURCE_PARTNER, 7L);
        values.put(Key.TAGS_TO_ADD, List.of(3L, 1L));
        values.put(Key.TAGS_TO_REMOVE, List.of(2L));
        values.put(Key.SUBSCRIBER_TAGS_TO_ADD, List.of(4L));
        values.put(Key.SUBSCRIBER_TAGS_TO_REMOVE, List.of(5L));
        values.put(Key.REPLACE_TAGS, true);
        values.put(Key.REPLACE_SUBSCRIBER_TAGS, true);
        values.put(Key.CREATE_SMS_ADDONS, true);
        values.put(Key.SMS_PHONE_VARIABLE, 12L);
        values.put(Key.SEND_SMS_CONFIRMATION, true);
        values.put(Key.SUPPRESS_FUNNEL_EVENTS, true);
        values.put(
                Key.SUBSCRIPTION_OPTIONS,
                new TreeMap<String, Object>(Map.of("term", 12L, "auto_renews", false, "started_at", "2026-01-15")));
        values.put(Key.SUPPRESSION, Suppression.NONE);
        values.put(Key.HASH, false);
        values.put(Key.COLUMNS, new LinkedHashMap<>(Map.of("E-mail", "email")));
        values.put(Key.BYTES, 10L);
        values.put(Key.SHA256, "0".repeat(64));
        values.put(Key.ROWS, 1L);
        values.put(Key.FILE, "vips.csv");
        values.put(Key.REQUEST_ID, "r-1");
        values.put(Key.DRY_RUN, false);
        return values;
    }
}
