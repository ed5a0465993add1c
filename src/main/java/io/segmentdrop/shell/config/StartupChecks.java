package io.segmentdrop.shell.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Refuses to start unsafe: every reason at once, before anything is opened, made or sent. A drop's folder that is missing is no
 * reason, since it may be mounted later; health says so.
 */
public final class StartupChecks {

    private final List<StartupRule> rules;

    /**
     * The checks.
     *
     * @param defaults reads the drops' defaults
     * @param fileNameEncoding how this process encodes file names, as {@code sun.jnu.encoding} says
     */
    public StartupChecks(DefaultsReader defaults, String fileNameEncoding) {
        rules = List.of(
                new MachineRule(fileNameEncoding),
                new ApiRule(),
                new DropRule(defaults),
                new LaneRule(),
                new SftpRule(),
                new FolderRule(),
                new LimitRule(),
                new TracesRule(),
                new OpsRule());
    }

    /** Every reason not to start, in the order of the rules; empty if it may. */
    public List<Refusal> refusals(SegmentDropProperties properties) {
        List<Refusal> refusals = new ArrayList<>();
        rules.forEach(rule -> rule.check(properties, (key, fault) -> refusals.add(new Refusal(key, fault))));
        return List.copyOf(refusals);
    }

    /**
     * Lets a safe configuration pass.
     *
     * @throws StartupRefusedException with every reason, if there is one
     */
    public void check(SegmentDropProperties properties) {
        List<Refusal> refusals = refusals(properties);
        if (!refusals.isEmpty()) {
            throw new StartupRefusedException(refusals);
        }
    }
}
