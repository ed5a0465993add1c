package io.segmentdrop.shell.routes;

import io.segmentdrop.core.problem.Code;
import io.segmentdrop.core.problem.Problem;
import io.segmentdrop.core.sidecar.FieldNames;
import io.segmentdrop.core.sidecar.OptionRules;
import io.segmentdrop.core.sidecar.Options;
import io.segmentdrop.shell.ledger.Decision;
import io.segmentdrop.shell.ledger.ImportRow;
import io.segmentdrop.shell.ledger.LedgerJson;
import java.util.Optional;

/**
 * Holds what was planned against today's policy, which stays the same as long as the program runs. A person lets an import
 * pass the guards, never the policy.
 */
public final class PolicyCheck {

    private final Drops drops;
    private final FieldNames names;

    public PolicyCheck(Drops drops, FieldNames names) {
        this.drops = drops;
        this.names = names;
    }

    /** What is no longer allowed of an import that has a plan, and what to allow; empty if all of it is. */
    public Optional<Decision.Refused> against(ImportRow row) {
        Optional<Drop> drop = drops.find(row.dropName());
        if (drop.isEmpty()) {
            return Optional.of(new Decision.Refused(
                    "the drop " + row.dropName() + " in the configuration",
                    "none",
                    "configure it again and restart, or discard the import"));
        }
        Options options = LedgerJson.options(row.options());
        if (options == null) {
            return Optional.of(new Decision.Refused("the options that were planned", "none", "discard the import"));
        }
        return OptionRules.resolve(options.settings(), drop.get().policy(), names).problems().stream()
                .filter(problem -> problem.code().name().startsWith("POLICY_"))
                .findFirst()
                .map(problem -> refused(row, problem));
    }

    private static Decision.Refused refused(ImportRow row, Problem problem) {
        return new Decision.Refused(
                "what drop " + row.dropName() + " allows today",
                problem.code() + (problem.column() == null ? "" : " (" + problem.column() + ")") + ": "
                        + problem.code().meaning(),
                "allow it in segment-drop.drops." + row.dropName() + "." + key(problem.code(), row)
                        + " and restart, or discard the import");
    }

    private static String key(Code code, ImportRow row) {
        String segment = row.segment() == null ? "" : " (id " + row.segment() + ")";
        return switch (code) {
            case POLICY_SEGMENT_FORBIDDEN -> "segments" + segment;
            case POLICY_SUPPRESSION_MISMATCH -> "segments[].suppression" + segment;
            case POLICY_CLEAR_FORBIDDEN -> "allow-clear";
            case POLICY_CREATE_FORBIDDEN -> "allow-create";
            case POLICY_SMS_FORBIDDEN -> "allow-sms";
            case POLICY_TAG_REPLACE_FORBIDDEN -> "allow-tag-replace";
            case POLICY_CAMPAIGN_FORBIDDEN -> "campaigns or partners";
            case POLICY_TAG_FORBIDDEN -> "tags";
            case POLICY_COLUMN_FORBIDDEN -> "columns";
            case POLICY_OPTION_FORBIDDEN -> "subscription-options";
            default -> "…";
        };
    }
}
