package io.segmentdrop.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes an import refused, in the order in which it is looked at. Source: the API's reference of importing a
 * segment and its guide to importing by POST; what they leave open is judged strictly, so that a fault of the sender
 * does not pass unseen.
 */
final class ImportRules {

    /** The names that the stand-in gives to the six fields which the API's public pages do not name. */
    static final String CREATE_SMS_ADDONS = "createSmsAddons";

    static final String SMS_PHONE_VARIABLE = "smsPhoneVariable";
    static final String SEND_SMS_CONFIRMATION = "sendSmsConfirmation";
    static final String SUPPRESS_FUNNEL_EVENTS = "suppressFunnelEvents";
    static final String REPLACE_TAGS = "replaceTags";
    static final String REPLACE_SUBSCRIBER_TAGS = "replaceSubscriberTags";

    private static final Set<String> BOOLEANS = Set.of(
            "clear",
            CREATE_SMS_ADDONS,
            SEND_SMS_CONFIRMATION,
            SUPPRESS_FUNNEL_EVENTS,
            REPLACE_TAGS,
            REPLACE_SUBSCRIBER_TAGS);
    private static final Set<String> NUMBERS = Set.of("sourceCampaign", "sourcePartner", SMS_PHONE_VARIABLE);
    private static final Set<String> ACTIONS = Set.of("none", "create_only", "update_only", "create_or_update");
    private static final Set<String> STATUSES = Set.of("1", "0", "null");
    private static final Pattern TAGS = Pattern.compile("(?:tagsTo|subscriberTagsTo)(?:Add|Remove)\\[[0-9]*]");
    private static final Pattern OPTION = Pattern.compile("subscriptionOptions\\[[a-z_]+]");
    private static final Pattern STRUCTURED = Pattern.compile("(?:tagsTo|subscriberTagsTo|subscriptionOptions).*");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");

    private record Rule(int status, String message, BiPredicate<ImportForm, Account.Kind> breaks) {}

    private static final List<Rule> ALL = List.of(
            new Rule(
                    302,
                    "clear must be 1 or 0",
                    (form, kind) -> form.field("clear").isEmpty()),
            new Rule(302, "a boolean must be 1 or 0", (form, kind) -> !all(form, BOOLEANS, ImportRules::isBoolean)),
            new Rule(302, "file is missing", (form, kind) -> form.file() == null),
            new Rule(302, "the file is no such CSV", (form, kind) -> fault(form) != null),
            new Rule(302, "an id must be a number", (form, kind) -> !all(form, NUMBERS, ImportRules::isNumber)),
            new Rule(
                    302,
                    "activeStatus must be 1, 0 or null",
                    (form, kind) -> form.field("activeStatus")
                            .filter(status -> !STATUSES.contains(status))
                            .isPresent()),
            new Rule(302, "tags or options are not shaped as arrays", (form, kind) -> !structured(form)),
            new Rule(302, "a field stands twice", (form, kind) -> repeats(form)),
            new Rule(302, "a suppression segment takes no status, campaign or partner", ImportRules::unfit),
            new Rule(
                    422,
                    "Invalid subscriptionAction.",
                    (form, kind) -> form.field("subscriptionAction")
                            .filter(action -> !ACTIONS.contains(action))
                            .isPresent()),
            new Rule(
                    422,
                    "activeStatus cannot be set when subscriptionAction is none.",
                    (form, kind) -> status(form).isPresent()
                            && form.field("subscriptionAction").equals(Optional.of("none"))));

    private ImportRules() {}

    /** The answer to an import that is not accepted; empty if it is. */
    static Optional<Reply> refusal(ImportForm form, Account.Kind kind) {
        return ALL.stream()
                .filter(rule -> rule.breaks.test(form, kind))
                .findFirst()
                .map(rule -> rule.status == 302 ? back() : refused(rule));
    }

    /** How the API answers what it does not like: back to the previous page. */
    static Reply back() {
        return Reply.redirect("/messages/segments");
    }

    /** The status that the import gives to subscriptions; empty for leads. */
    static Optional<String> status(ImportForm form) {
        return form.field("activeStatus").filter(status -> !status.equals("null"));
    }

    private static Reply refused(Rule rule) {
        return Reply.json(rule.status, "{\"error\":true,\"data\":[],\"message\":\"" + rule.message + "\"}");
    }

    private static @Nullable String fault(ImportForm form) {
        return Objects.requireNonNull(form.file()).fault();
    }

    private static boolean all(ImportForm form, Set<String> names, Predicate<String> good) {
        return names.stream().flatMap(name -> form.field(name).stream()).allMatch(good);
    }

    private static boolean isBoolean(String value) {
        return value.equals("1") || value.equals("0");
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches();
    }

    private static boolean structured(ImportForm form) {
        return form.fields().entrySet().stream()
                .filter(field -> STRUCTURED.matcher(field.getKey()).matches())
                .allMatch(field -> OPTION.matcher(field.getKey()).matches()
                        || (TAGS.matcher(field.getKey()).matches()
                                && field.getValue().stream().allMatch(ImportRules::isNumber)));
    }

    private static boolean repeats(ImportForm form) {
        return form.fields().entrySet().stream()
                .anyMatch(
                        field -> field.getValue().size() > 1 && !field.getKey().endsWith("[]"));
    }

    private static boolean unfit(ImportForm form, Account.Kind kind) {
        return kind == Account.Kind.SUPPRESSION
                && (status(form).isPresent()
                        || form.field("sourceCampaign").isPresent()
                        || form.field("sourcePartner").isPresent());
    }
}
