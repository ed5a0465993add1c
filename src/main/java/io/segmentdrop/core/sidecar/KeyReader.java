package io.segmentdrop.core.sidecar;

import io.segmentdrop.core.problem.Code;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the value of one key, as the type that {@link Key} names; null once it has said what is wrong. */
final class KeyReader {

    static final int MAX_REQUEST_ID = 100;

    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[\\x20-\\x7E]{1," + MAX_REQUEST_ID + "}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private KeyReader() {}

    /** @param csvName what {@link Key#FILE} must say */
    static @Nullable Object read(Key key, JsonValue value, String csvName, Place at) {
        return switch (key) {
            case SEGMENT -> SegmentReader.read(value, at);
            case CLEAR -> clear(value, at);
            case ACTIVE_STATUS -> Scalars.status(value, at);
            case SUBSCRIPTION_ACTION -> Scalars.word(value, SubscriptionAction.values(), SubscriptionAction::word, at);
            case SUPPRESSION -> Scalars.word(value, Suppression.values(), Suppression::word, at);
            case SOURCE_CAMPAIGN, SOURCE_PARTNER, SMS_PHONE_VARIABLE -> Scalars.id(value, at);
            case TAGS_TO_ADD, TAGS_TO_REMOVE, SUBSCRIBER_TAGS_TO_ADD, SUBSCRIBER_TAGS_TO_REMOVE ->
                Scalars.ids(value, at);
            case REPLACE_TAGS,
                    REPLACE_SUBSCRIBER_TAGS,
                    CREATE_SMS_ADDONS,
                    SEND_SMS_CONFIRMATION,
                    SUPPRESS_FUNNEL_EVENTS,
                    HASH,
                    DRY_RUN -> Scalars.truth(value, at);
            case SUBSCRIPTION_OPTIONS -> SubscriptionOptionsReader.read(value, at);
            case COLUMNS -> ColumnsReader.read(value, at);
            case BYTES, ROWS -> Scalars.count(value, at);
            case SHA256 -> sha256(value, at);
            case FILE -> file(value, csvName, at);
            case REQUEST_ID -> requestId(value, at);
        };
    }

    /** Whether a segment is emptied is never left to a default of a program, so null is as good as nothing. */
    private static @Nullable Boolean clear(JsonValue value, Place at) {
        return value instanceof JsonValue.Null
                ? at.refuse(Code.SIDE_CLEAR_REQUIRED, "true or false", value.kind())
                : Scalars.truth(value, at);
    }

    private static @Nullable String sha256(JsonValue value, Place at) {
        String text = Scalars.text(value, Integer.MAX_VALUE, at);
        if (text == null) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return SHA256.matcher(lower).matches()
                ? lower
                : at.refuse(Code.SIDE_BAD_SHA256, "64 hexadecimal digits", described(text));
    }

    private static String described(String text) {
        int length = Texts.length(text);
        return length == Suppression.SHA256.digits() ? "other characters" : length + " characters";
    }

    private static @Nullable String file(JsonValue value, String csvName, Place at) {
        String text = Scalars.text(value, Integer.MAX_VALUE, at);
        return text == null || text.equals(csvName)
                ? text
                : at.refuse(Code.SIDE_FILE_MISMATCH, "the name of the CSV beside it", "another name");
    }

    private static @Nullable String requestId(JsonValue value, Place at) {
        String text = Scalars.text(value, Integer.MAX_VALUE, at);
        return text == null || PRINTABLE_ASCII.matcher(text).matches()
                ? text
                : at.refuse(
                        Code.SIDE_BAD_REQUEST_ID,
                        "1 to 100 printable ASCII characters",
                        Texts.length(text) + " characters");
    }
}
