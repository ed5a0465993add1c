package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of {@link OptionRules} that ask whether all is said that must be, and whether the drop may do it. */
final class DropRules {

    private DropRules() {}

    static void segmentIsNamed(Draft draft, Findings findings) {
        if (draft.settings().segment() == null) {
            findings.add(Code.SIDE_SEGMENT_REQUIRED, Key.SEGMENT, "expected `segment`, the segment's id, found none");
        }
    }

    static void clearIsSaid(Draft draft, Findings findings) {
        if (!draft.settings().has(Key.CLEAR)) {
            findings.add(
                    Code.SIDE_CLEAR_REQUIRED,
                    Key.CLEAR,
                    "expected `clear`, true (empty the segment first) or false, found none");
        }
    }

    static void proofIsGiven(Draft draft, Findings findings) {
        boolean needed = switch (draft.policy().requireProof()) {
            case NEVER -> false;
            case CLEAR -> draft.settings().isTrue(Key.CLEAR);
            case ALWAYS -> true;
        };
        List<Key> missing = Stream.of(Key.BYTES, Key.SHA256)
                .filter(key -> !draft.settings().has(key))
                .toList();
        if (needed && !missing.isEmpty()) {
            findings.add(
                    Code.SIDE_CHECKSUM_REQUIRED,
                    missing.getFirst(),
                    "expected `bytes` and `sha256` as the proof that the CSV is whole, found no "
                            + String.join(
                                    " and no ", missing.stream().map(Key::word).toList()));
        }
    }

    /** One text for a segment that is not listed and for one that does not exist: neither is told. */
    static void segmentIsAllowed(Draft draft, Findings findings) {
        if (draft.settings().segment() instanceof SegmentRef.Id(long id)
                && draft.policy().segment(id).isEmpty()) {
            findings.add(
                    Code.POLICY_SEGMENT_FORBIDDEN,
                    Key.SEGMENT,
                    "expected a segment that this drop may import to, found another one");
        }
    }

    static void suppressionIsTheSegments(Draft draft, Findings findings) {
        Suppression said = draft.settings().suppression();
        Draft.expected(draft.settings().segment(), draft.policy())
                .filter(expected -> expected.suppression() != said)
                .ifPresent(expected -> findings.add(
                        Code.POLICY_SUPPRESSION_MISMATCH,
                        Key.SUPPRESSION,
                        "expected " + named(expected.suppression()) + " for this segment, found " + named(said)));
    }

    private static String named(@Nullable Suppression suppression) {
        return suppression == null ? "no `suppression`" : "`suppression` " + suppression.word();
    }

    static void clearIsAllowed(Draft draft, Findings findings) {
        if (draft.settings().isTrue(Key.CLEAR) && !draft.policy().allowClear()) {
            findings.add(
                    Code.POLICY_CLEAR_FORBIDDEN,
                    Key.CLEAR,
                    "expected false for `clear`, since this drop may not empty a segment, found true"
                            + draft.whose(Key.CLEAR));
        }
    }

    static void createIsAllowed(Draft draft, Findings findings) {
        if (draft.settings().segment() instanceof SegmentRef.Create
                && !draft.policy().allowCreate()) {
            findings.add(
                    Code.POLICY_CREATE_FORBIDDEN,
                    Key.SEGMENT,
                    "expected the id of a segment, since this drop may not create one, found `segment.create`");
        }
    }

    static void smsIsAllowed(Draft draft, Findings findings) {
        if (draft.policy().allowSms()) {
            return;
        }
        draft.saying(Key.CREATE_SMS_ADDONS, Key.SMS_PHONE_VARIABLE, Key.SEND_SMS_CONFIRMATION)
                .forEach(key -> findings.add(
                        Code.POLICY_SMS_FORBIDDEN,
                        key,
                        "expected no SMS option, since this drop may not use them, found `" + key.word() + "`"
                                + draft.whose(key)));
    }

    static void tagReplaceIsAllowed(Draft draft, Findings findings) {
        if (draft.policy().allowTagReplace()) {
            return;
        }
        draft.saying(Key.REPLACE_TAGS, Key.REPLACE_SUBSCRIBER_TAGS)
                .forEach(key -> findings.add(
                        Code.POLICY_TAG_REPLACE_FORBIDDEN,
                        key,
                        "expected false for `" + key.word() + "`, since this drop may not replace tags, found true"
                                + draft.whose(key)));
    }

    static void campaignIsListed(Draft draft, Findings findings) {
        listed(Key.SOURCE_CAMPAIGN, draft.policy().campaigns(), draft, findings);
    }

    static void partnerIsListed(Draft draft, Findings findings) {
        listed(Key.SOURCE_PARTNER, draft.policy().partners(), draft, findings);
    }

    private static void listed(Key key, @Nullable Set<Long> allowed, Draft draft, Findings findings) {
        Long id = draft.settings().number(key);
        if (id != null && allowed != null && !allowed.contains(id)) {
            findings.add(
                    Code.POLICY_CAMPAIGN_FORBIDDEN,
                    key,
                    "expected an id of the drop's list for `" + key.word() + "`, found " + id + draft.whose(key));
        }
    }

    static void tagsAreListed(Draft draft, Findings findings) {
        Set<String> allowed = draft.policy().tags();
        if (allowed == null) {
            return;
        }
        Stream.of(Key.TAGS_TO_ADD, Key.TAGS_TO_REMOVE, Key.SUBSCRIBER_TAGS_TO_ADD, Key.SUBSCRIBER_TAGS_TO_REMOVE)
                .forEach(key -> draft.settings().ids(key).stream()
                        .filter(id -> !allowed.contains(String.valueOf(id)))
                        .findFirst()
                        .ifPresent(id -> findings.add(
                                Code.POLICY_TAG_FORBIDDEN,
                                key,
                                "expected only tags of the drop's list in `" + key.word() + "`, found " + id
                                        + draft.whose(key))));
    }

    static void subscriptionOptionsAreListed(Draft draft, Findings findings) {
        Set<String> allowed = draft.policy().subscriptionOptions();
        if (allowed == null) {
            return;
        }
        draft.settings().subscriptionOptions().keySet().stream()
                .filter(name -> !allowed.contains(name))
                .forEach(name -> findings.add(
                        Code.POLICY_OPTION_FORBIDDEN,
                        Key.SUBSCRIPTION_OPTIONS,
                        "expected only names of the drop's list in `subscriptionOptions`, found " + Texts.show(name)
                                + draft.whose(Key.SUBSCRIPTION_OPTIONS)));
    }
}
