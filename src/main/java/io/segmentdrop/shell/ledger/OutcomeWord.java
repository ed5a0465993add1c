package io.segmentdrop.shell.ledger;

import io.segmentdrop.core.send.Outcome;
import java.util.List;

/** An outcome's word in the ledger, in metrics and on the operations page. */
public final class OutcomeWord {

    /** Every word that {@link #of} answers. */
    public static final List<String> ALL = List.of(
            "accepted",
            "refused",
            "too large",
            "redirected",
            "key rejected",
            "segment refused",
            "not applied",
            "campaign effort failed",
            "misconfigured",
            "in doubt",
            "contract breach",
            "file changed");

    private OutcomeWord() {}

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> "accepted";
            case Outcome.Refused refused -> "refused";
            case Outcome.TooLarge large -> "too large";
            case Outcome.Redirected redirected -> "redirected";
            case Outcome.CredentialRejected rejected -> "key rejected";
            case Outcome.SegmentRefused refused -> "segment refused";
            case Outcome.NotApplied notApplied -> "not applied";
            case Outcome.CampaignEffortFailed failed -> "campaign effort failed";
            case Outcome.Misconfigured moved -> "misconfigured";
            case Outcome.InDoubt inDoubt -> "in doubt";
            case Outcome.ContractBreach breach -> "contract breach";
            case Outcome.StagedChanged changed -> "file changed";
        };
    }
}
