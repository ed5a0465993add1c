package io.segmentdrop.shell.camel;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import java.util.Set;

/** What JSch's exceptions mean. */
final class Refusals {

    /** RFC 4250, 4.2.2: protocol error (too many tries), cancelled by the user, no more methods, illegal user name. */
    private static final Set<Integer> NO = Set.of(2, 13, 14, 15);

    private Refusals() {}

    /** Whether the account was not accepted, which is for a person to mend; anything else may pass. */
    static boolean isRefusal(Exception fault) {
        if (fault instanceof JSchSessionDisconnectException ended) {
            return NO.contains(ended.getReasonCode());
        }
        String words = String.valueOf(fault.getMessage());
        return words.startsWith("Auth fail") || words.startsWith("Auth cancel");
    }

    /** Whether there is no algorithm that both sides would use. */
    static boolean isWeak(Exception fault) {
        return fault instanceof JSchAlgoNegoFailException;
    }

    static String words(Exception fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null || root.getMessage().isBlank()
                ? root.getClass().getSimpleName()
                : root.getMessage();
    }
}
