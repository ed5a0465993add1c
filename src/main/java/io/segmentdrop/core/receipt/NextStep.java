package io.segmentdrop.core.receipt;

import io.segmentdrop.core.problem.Code;

/** The sentence {@code next}: what happens next, or what the partner does. Written for one who knows only the drop. */
final class NextStep {

    private NextStep() {}

    static String of(Receipt receipt) {
        return switch (receipt.state()) {
            case TAKEN -> "the pair is checked next; you need do nothing, and this receipt will say more";
            case READY -> waiting(receipt);
            case HELD ->
                "operations look into it; you need do nothing, and please do not drop the file again meanwhile";
            case DELIVERED -> delivered(receipt);
            case REJECTED -> rejected(receipt);
            case UNDELIVERABLE -> undeliverable(receipt);
            case DUPLICATE -> "nothing; it was delivered before and was not sent again";
            case CHECKED -> checked(receipt);
            case DISCARDED -> "operations ended it; ask them before you drop the file again";
        };
    }

    private static String waiting(Receipt receipt) {
        return receipt.cause() == null
                ? "it is sent when its turn comes; you need do nothing"
                : "sending waits, since " + receipt.cause().code().meaning()
                        + "; it goes on by itself when that is mended, and you need do nothing";
    }

    private static String delivered(Receipt receipt) {
        if (receipt.rows() == null || receipt.rows().rejected() == 0) {
            return "nothing";
        }
        return receipt.rejects() == null
                ? "the other rows were accepted; mend the refused ones and drop them as a new pair"
                : "the other rows were accepted; mend the rows of " + receipt.rejects()
                        + " and drop them as a new pair, with a sidecar of their own";
    }

    private static String rejected(Receipt receipt) {
        String nothing = "nothing was sent; ";
        if (receipt.cause() == null) {
            return nothing + "mend what the problems name, then " + dropAgain(receipt);
        }
        if (receipt.rejects() != null && isForItsRows(receipt.cause().code())) {
            return nothing + receipt.rejects() + " names the refused rows and why; mend them in " + receipt.file()
                    + ", then " + dropAgain(receipt);
        }
        String remedy = receipt.cause().code().remedy();
        return nothing + remedy + (remedy.contains("drop ") ? "" : ", then " + dropAgain(receipt));
    }

    /** True if the whole file was refused because of some of its rows; the rejects alone would not be the whole list. */
    private static boolean isForItsRows(Code code) {
        return switch (code) {
            case CSV_TOO_MANY_BAD_ROWS, CLEAR_WITH_REJECTED_ROWS, CSV_NO_ROWS -> true;
            default -> false;
        };
    }

    private static String undeliverable(Receipt receipt) {
        if (receipt.rows() != null && receipt.rows().sent() > 0) {
            return "%d of %d rows were accepted; do not drop the file again: operations look into it and send the rest"
                    .formatted(receipt.rows().sent(), receipt.rows().read());
        }
        if (receipt.cause() != null && receipt.cause().code() == Code.LEDGER_UNKNOWN) {
            return "operations look whether it was delivered, and send it if it was not; please do not drop the file"
                    + " again meanwhile";
        }
        return receipt.cause() != null && receipt.cause().code() == Code.API_REFUSED
                ? "OptiPub refused it; mend the file or the options and drop both again, or ask operations for its"
                        + " answer"
                : "operations send it again when the cause is mended; you need do nothing";
    }

    private static String checked(Receipt receipt) {
        String nothing = "nothing was sent, since dryRun is true; ";
        return receipt.rows() == null || receipt.rows().rejected() == 0
                ? nothing + "drop it without dryRun to import it"
                : nothing + "some rows would be refused: mend them, then drop it without dryRun to import it";
    }

    private static String dropAgain(Receipt receipt) {
        return "drop " + receipt.file() + " and its sidecar again";
    }
}
