package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Problem;
import java.util.List;

/** What an import's options must be: the drop's defaults overlaid by the sidecar, held against every rule of the book. */
public final class OptionRules {

    /** One rule: looks at the draft and says what it finds. */
    @FunctionalInterface
    interface Rule {
        void judge(Draft draft, Findings findings);
    }

    /** The rule book. All rules are asked, in this order, so that one answer names all that is wrong. */
    static final List<Rule> ALL_RULES = List.of(
            // what must be said
            DropRules::segmentIsNamed,
            DropRules::clearIsSaid,
            DropRules::proofIsGiven,
            // what the drop may do
            DropRules::segmentIsAllowed,
            DropRules::suppressionIsTheSegments,
            DropRules::clearIsAllowed,
            DropRules::createIsAllowed,
            DropRules::smsIsAllowed,
            DropRules::tagReplaceIsAllowed,
            DropRules::campaignIsListed,
            DropRules::partnerIsListed,
            DropRules::tagsAreListed,
            DropRules::subscriptionOptionsAreListed,
            // what goes together
            CombinationRules::noStatusWithNone,
            CombinationRules::creatingActionHasStatus,
            CombinationRules::campaignHasStatus,
            CombinationRules::partnerHasCampaign,
            CombinationRules::activeHasCampaign,
            CombinationRules::suppressionStandsAlone,
            CombinationRules::hashHasHashType,
            CombinationRules::smsIsComplete,
            CombinationRules::tagsAgree,
            CombinationRules::subscriberTagsAgree,
            // what can be sent
            CombinationRules::fieldIsNamed);

    /**
     * What came of it.
     *
     * @param options the effective options; to be sent only if there is no problem
     * @param problems what refuses the pair
     * @param warnings what a person should know, left-out defaults among them
     */
    public record Resolved(Options options, List<Problem> problems, List<Problem> warnings) {

        public Resolved {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        public boolean ok() {
            return problems.isEmpty();
        }
    }

    private OptionRules() {}

    /**
     * Resolves the options of one import.
     *
     * @param sidecar what the sidecar says, parsed without a problem
     * @param policy what the drop may do, with its defaults
     * @param names the form fields that are known
     */
    public static Resolved resolve(Settings sidecar, DropPolicy policy, FieldNames names) {
        Findings findings = new Findings();
        Draft draft = Overlay.of(sidecar, policy, names, findings);
        ALL_RULES.forEach(rule -> rule.judge(draft, findings));
        return new Resolved(draft.options(), findings.problems(), findings.remarks());
    }
}
