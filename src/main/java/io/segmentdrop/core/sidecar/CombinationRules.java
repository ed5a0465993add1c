package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of {@link OptionRules} about options that need, or exclude, each other. Source: the API's pages on importing a
 * segment (what it answers with 422, what a suppression segment must not get); by its meaning where they say nothing.
 */
final class CombinationRules {

    private CombinationRules() {}

    static void noStatusWithNone(Draft draft, Findings findings) {
        if (draft.setsStatus() && draft.settings().subscriptionAction() == SubscriptionAction.NONE) {
            findings.add(
                    Code.SIDE_STATUS_WITH_NONE,
                    Key.SUBSCRIPTION_ACTION,
                    "expected no `activeStatus` true or false together with the `subscriptionAction` none, found both");
        }
    }

    static void creatingActionHasStatus(Draft draft, Findings findings) {
        SubscriptionAction action = draft.settings().subscriptionAction();
        if (action != null && creates(action) && !draft.setsStatus() && !draft.isSuppression()) {
            findings.add(
                    Code.SIDE_STATUS_AMBIGUOUS,
                    Key.ACTIVE_STATUS,
                    "expected `activeStatus` true or false together with the `subscriptionAction` " + action.word()
                            + ", found null or none; the API does not say what it does then");
        }
    }

    private static boolean creates(SubscriptionAction action) {
        return switch (action) {
            case CREATE_ONLY, CREATE_OR_UPDATE -> true;
            case NONE, UPDATE_ONLY -> false;
        };
    }

    static void campaignHasStatus(Draft draft, Findings findings) {
        if (draft.setsStatus() || draft.isSuppression()) {
            return;
        }
        draft.saying(Key.SOURCE_CAMPAIGN, Key.SOURCE_PARTNER)
                .forEach(key -> findings.add(
                        Code.SIDE_CAMPAIGN_WITHOUT_STATUS,
                        key,
                        "expected `activeStatus` true or false together with `" + key.word()
                                + "`, found null or none"));
    }

    static void partnerHasCampaign(Draft draft, Findings findings) {
        if (draft.settings().has(Key.SOURCE_PARTNER)
                && !draft.settings().has(Key.SOURCE_CAMPAIGN)
                && !draft.isSuppression()) {
            findings.add(
                    Code.SIDE_PARTNER_WITHOUT_CAMPAIGN,
                    Key.SOURCE_PARTNER,
                    "expected `sourceCampaign` together with `sourcePartner`, found none");
        }
    }

    static void activeHasCampaign(Draft draft, Findings findings) {
        if (draft.settings().activeStatus() == ActiveStatus.ACTIVE
                && !draft.settings().has(Key.SOURCE_CAMPAIGN)
                && !draft.isSuppression()) {
            findings.add(
                    Code.SIDE_CAMPAIGN_MISSING,
                    Key.SOURCE_CAMPAIGN,
                    "expected `sourceCampaign` together with `activeStatus` true, found none");
        }
    }

    static void suppressionStandsAlone(Draft draft, Findings findings) {
        if (!draft.isSuppression()) {
            return;
        }
        Overlay.NOT_FOR_SUPPRESSION.stream()
                .filter(draft::says)
                .forEach(key -> findings.add(
                        Code.SIDE_SUPPRESSION_FIELDS,
                        key,
                        "expected no `" + key.word() + "` in a suppression import, found one"));
    }

    static void hashHasHashType(Draft draft, Findings findings) {
        Suppression suppression = draft.settings().suppression();
        if (draft.settings().isTrue(Key.HASH) && (suppression == null || suppression == Suppression.NONE)) {
            findings.add(
                    Code.SIDE_HASH_WITHOUT_SUPPRESSION,
                    Key.HASH,
                    "expected the `suppression` md5, sha256 or sha512 together with `hash` true, found "
                            + (suppression == null ? "no suppression" : suppression.word()));
        }
    }

    static void smsIsComplete(Draft draft, Findings findings) {
        if (draft.says(Key.CREATE_SMS_ADDONS)) {
            if (!draft.says(Key.SMS_PHONE_VARIABLE)) {
                incomplete(Key.SMS_PHONE_VARIABLE, "`createSmsAddons` true", findings);
            }
            return;
        }
        draft.saying(Key.SMS_PHONE_VARIABLE, Key.SEND_SMS_CONFIRMATION)
                .findFirst()
                .ifPresent(key -> incomplete(Key.CREATE_SMS_ADDONS, "`" + key.word() + "`", findings));
    }

    private static void incomplete(Key missing, String beside, Findings findings) {
        findings.add(
                Code.SIDE_SMS_INCOMPLETE,
                missing,
                "expected `" + missing.word() + "` together with " + beside + ", found none");
    }

    static void tagsAgree(Draft draft, Findings findings) {
        agree(Key.TAGS_TO_ADD, Key.TAGS_TO_REMOVE, Key.REPLACE_TAGS, draft, findings);
    }

    static void subscriberTagsAgree(Draft draft, Findings findings) {
        agree(Key.SUBSCRIBER_TAGS_TO_ADD, Key.SUBSCRIBER_TAGS_TO_REMOVE, Key.REPLACE_SUBSCRIBER_TAGS, draft, findings);
    }

    private static void agree(Key add, Key remove, Key replace, Draft draft, Findings findings) {
        List<Long> both = new ArrayList<>(draft.settings().ids(add));
        both.retainAll(draft.settings().ids(remove));
        if (!both.isEmpty()) {
            findings.add(
                    Code.SIDE_TAG_CONFLICT,
                    remove,
                    "expected no tag in both `" + add.word() + "` and `" + remove.word() + "`, found " + both.getFirst()
                            + draft.whose(remove));
        }
        if (draft.says(replace) && draft.says(remove)) {
            findings.add(
                    Code.SIDE_TAG_CONFLICT,
                    remove,
                    "expected no `" + remove.word() + "` together with `" + replace.word() + "` true, found it"
                            + draft.whose(remove));
        }
        if (draft.says(replace) && !draft.says(add)) {
            findings.add(
                    Code.SIDE_TAG_REPLACE_EMPTY,
                    add,
                    "expected tag ids in `" + add.word() + "` together with `" + replace.word() + "` true, found none");
        }
    }

    /** A wrong name would fail silently, so nothing is guessed. What is false is left out of the request and needs no name. */
    static void fieldIsNamed(Draft draft, Findings findings) {
        FieldNames.UNPUBLISHED.forEach((key, setting) -> {
            if (draft.says(key) && draft.names().of(key).isEmpty()) {
                findings.add(
                        Code.API_FIELD_UNNAMED,
                        key,
                        "expected the name of the form field for `" + key.word() + "` in the configuration, found none;"
                                + " ask operations to set api.field-names." + setting);
            }
        });
    }
}
