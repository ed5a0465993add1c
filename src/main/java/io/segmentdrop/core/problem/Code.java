package io.segmentdrop.core.problem;

/**
 * Every stable code. A code is never renamed or removed, only added: partners and feeds test for them.
 *
 * <p>Source: the catalogue of faults and bad input, and the OptiPub API's documented answers.
 */
public enum Code {
    // the sidecar
    SIDE_MISSING(Verdict.REJECT_FILE, "the CSV came without a sidecar", "drop the sidecar and the CSV again"),
    SIDE_AMBIGUOUS(
            Verdict.REJECT_FILE,
            "more than one file could be the sidecar (or its CSV)",
            "drop the CSV again with exactly one sidecar, named <csv name>.json"),
    SIDE_EMPTY(Verdict.REJECT_FILE, "the sidecar is empty", "write a JSON object with at least segment and clear"),
    SIDE_TOO_LARGE(Verdict.REJECT_FILE, "the sidecar is larger than 64 KiB", "keep only the documented keys"),
    SIDE_NOT_UTF8(Verdict.REJECT_FILE, "the sidecar is not UTF-8", "save it as UTF-8"),
    SIDE_BOM(Verdict.NOTE, "the sidecar began with a byte order mark, which was skipped", "nothing"),
    SIDE_MALFORMED(Verdict.REJECT_FILE, "the sidecar is not JSON", "mend the JSON at the place that the message names"),
    SIDE_NOT_OBJECT(Verdict.REJECT_FILE, "the sidecar is JSON, but no object", "write one JSON object"),
    SIDE_TRAILING_DATA(
            Verdict.REJECT_FILE,
            "something follows the sidecar's object",
            "write one JSON object and nothing after it"),
    SIDE_DUPLICATE_KEY(Verdict.REJECT_FILE, "a key stands twice", "keep one of them"),
    SIDE_UNKNOWN_KEY(
            Verdict.REJECT_FILE,
            "a key is not one of the documented ones",
            "mend the spelling; own notes begin with x-"),
    SIDE_WRONG_TYPE(
            Verdict.REJECT_FILE,
            "a value has another JSON type than its key wants",
            "write the type that the message names"),
    SIDE_BAD_ENUM(
            Verdict.REJECT_FILE,
            "a text is not one of the allowed ones",
            "use one of the texts that the message lists"),
    SIDE_OUT_OF_RANGE(
            Verdict.REJECT_FILE, "a number is outside its range", "use a number in the range that the message names"),
    SIDE_LIMIT(
            Verdict.REJECT_FILE,
            "too many elements, digits, characters or levels",
            "stay below the limit that the message names"),
    SIDE_BAD_UNICODE(Verdict.REJECT_FILE, "a text holds half of a surrogate pair", "write the character whole"),
    SIDE_CONTROL_CHAR(Verdict.REJECT_FILE, "a text holds a control or direction character", "remove it"),
    SIDE_BAD_DATE(
            Verdict.REJECT_FILE,
            "a date is not a real one, or the dates are in the wrong order",
            "write yyyy-MM-dd or yyyy-MM-dd HH:mm:ss"),
    SIDE_BAD_URL(Verdict.REJECT_FILE, "a URL is not an absolute http or https one", "write the whole address"),
    SIDE_BAD_SHA256(
            Verdict.REJECT_FILE,
            "sha256 is not 64 hexadecimal digits",
            "write the SHA-256 of the CSV's bytes in hexadecimal"),
    SIDE_BAD_REQUEST_ID(Verdict.REJECT_FILE, "requestId is not 1 to 100 printable ASCII characters", "use a UUID"),
    SIDE_BAD_COLUMNS(
            Verdict.REJECT_FILE,
            "columns names a header that the CSV does not have, or one name twice",
            "name each header once, as it stands in the CSV"),
    SIDE_FILE_MISMATCH(Verdict.REJECT_FILE, "file is not the name of the CSV", "leave it out or write the CSV's name"),
    SIDE_CLEAR_REQUIRED(Verdict.REJECT_FILE, "clear is missing", "say true (empty the segment first) or false"),
    SIDE_SEGMENT_REQUIRED(Verdict.REJECT_FILE, "segment is missing", "name the segment's id"),
    SIDE_CREATE_INCOMPLETE(
            Verdict.REJECT_FILE,
            "segment.create lacks a key that it needs",
            "give name, description and publicationId"),
    SIDE_STATUS_WITH_NONE(
            Verdict.REJECT_FILE,
            "activeStatus is set while subscriptionAction is none; the API answers 422",
            "leave one of them out"),
    SIDE_STATUS_AMBIGUOUS(
            Verdict.WARN,
            "a subscriptionAction that creates, without activeStatus: the API does not say what it does",
            "say activeStatus"),
    SIDE_CAMPAIGN_MISSING(
            Verdict.WARN,
            "activeStatus is true without sourceCampaign",
            "name the campaign if the subscriptions should count for one"),
    SIDE_CAMPAIGN_WITHOUT_STATUS(
            Verdict.REJECT_FILE,
            "sourceCampaign or sourcePartner without activeStatus true or false",
            "set activeStatus or leave them out"),
    SIDE_PARTNER_WITHOUT_CAMPAIGN(Verdict.REJECT_FILE, "sourcePartner without sourceCampaign", "name the campaign too"),
    SIDE_SUPPRESSION_FIELDS(Verdict.REJECT_FILE, "an option that a suppression import must not have", "leave it out"),
    SIDE_HASH_WITHOUT_SUPPRESSION(
            Verdict.REJECT_FILE,
            "hash is true without a hash type in suppression",
            "set suppression to md5, sha256 or sha512"),
    SIDE_SMS_INCOMPLETE(
            Verdict.REJECT_FILE,
            "an SMS option lacks the one that it needs",
            "set createSmsAddons and smsPhoneVariable together"),
    SIDE_DUPLICATE_TAG(Verdict.NOTE, "a tag id stood twice in a list and was sent once", "nothing"),
    SIDE_TAG_CONFLICT(
            Verdict.REJECT_FILE,
            "tag options contradict each other",
            "do not add and remove, or replace and remove, in one import"),
    SIDE_TAG_CONFLICT_CSV(
            Verdict.WARN,
            "tag options in the sidecar together with tag columns in the CSV; their precedence is not documented",
            "use one of the two"),
    SIDE_TAG_REPLACE_EMPTY(
            Verdict.REJECT_FILE, "replacing with no tags would remove them all", "name the tags that should remain"),
    SIDE_CHECKSUM_REQUIRED(
            Verdict.REJECT_FILE, "this import needs a proof that its CSV is whole", "add bytes and sha256"),
    SIDE_DEFAULT_LEFT_OUT(
            Verdict.NOTE, "a default of the drop does not fit this kind of import and was left out", "nothing"),

    // what the drop may do
    POLICY_SEGMENT_FORBIDDEN(
            Verdict.REJECT_FILE, "the drop may not import to this segment", "check the id; ask operations to allow it"),
    POLICY_SUPPRESSION_MISMATCH(
            Verdict.REJECT_FILE,
            "the sidecar's suppression is not what the drop says of the segment",
            "say the same suppression as the segment has"),
    POLICY_CLEAR_FORBIDDEN(
            Verdict.REJECT_FILE,
            "the drop may not empty a segment",
            "set clear to false; ask operations for allow-clear"),
    POLICY_CREATE_FORBIDDEN(
            Verdict.REJECT_FILE,
            "the drop may not create segments",
            "use an existing segment; ask operations for allow-create"),
    POLICY_SMS_FORBIDDEN(
            Verdict.REJECT_FILE,
            "the drop may not send or set up texts",
            "leave the SMS options out; ask operations for allow-sms"),
    POLICY_TAG_REPLACE_FORBIDDEN(
            Verdict.REJECT_FILE,
            "the drop may not replace tags",
            "add or remove tags; ask operations for allow-tag-replace"),
    POLICY_CAMPAIGN_FORBIDDEN(
            Verdict.REJECT_FILE,
            "the campaign or partner is not on the drop's list",
            "check the id; ask operations to allow it"),
    POLICY_TAG_FORBIDDEN(
            Verdict.REJECT_ROW, "a tag is not on the drop's list", "check the tag; ask operations to allow it"),
    POLICY_COLUMN_FORBIDDEN(
            Verdict.REJECT_FILE,
            "a column is not on the drop's list",
            "leave the column out; ask operations to allow it"),
    POLICY_OPTION_FORBIDDEN(
            Verdict.REJECT_FILE,
            "a subscription option is not on the drop's list",
            "leave it out; ask operations to allow it"),
    DROP_GONE(
            Verdict.HOLD,
            "the import's drop is no longer in the configuration",
            "configure it again, or name it with was in the drop that it is now; then release, or discard"),
    POLICY_CHANGED(
            Verdict.HOLD,
            "the drop's policy no longer allows what was planned",
            "allow it again and release, or discard"),
    API_FIELD_UNNAMED(
            Verdict.REJECT_FILE,
            "the API's name for this option is not configured, and a wrong name would fail silently",
            "leave the option out; operations sets api.field-names"),

    // the CSV as a file
    CSV_MISSING(Verdict.REJECT_FILE, "the sidecar came without a CSV", "drop the CSV and the sidecar again"),
    CSV_EMPTY(Verdict.REJECT_FILE, "the CSV holds nothing", "drop a CSV with a header and rows"),
    CSV_NO_ROWS(Verdict.REJECT_FILE, "no row is left to send", "drop a CSV with rows"),
    CLEAR_WITH_NO_ROWS(
            Verdict.REJECT_FILE, "a clearing import without rows would empty the segment", "drop a CSV with rows"),
    CLEAR_WITH_REJECTED_ROWS(
            Verdict.REJECT_FILE,
            "a clearing import with refused rows would remove those people",
            "mend the rows and drop the file again"),
    CSV_TOO_LARGE(Verdict.REJECT_FILE, "the CSV is larger than the drop may send", "split it"),
    CSV_NOT_TEXT(
            Verdict.REJECT_FILE,
            "the file is an archive, a workbook or encrypted, no CSV",
            "unpack it or export it as CSV"),
    CSV_NOT_UTF8(Verdict.REJECT_FILE, "the CSV is not UTF-8", "export it as UTF-8"),
    CSV_NUL(
            Verdict.REJECT_FILE,
            "the CSV holds NUL bytes, often the sign of a half-written file",
            "export and upload it again"),
    CSV_BOM(Verdict.NOTE, "the CSV began with a byte order mark, which is not sent", "nothing"),
    CSV_BOM_INSIDE(
            Verdict.REJECT_FILE,
            "a byte order mark stands at the start of a record: files were glued together",
            "join them without their marks and headers"),
    CSV_REPEATED_HEADER(
            Verdict.REJECT_FILE,
            "the header stands again among the rows: files were glued together",
            "join them without their headers"),
    CSV_HASH_MISMATCH(
            Verdict.REJECT_FILE, "the CSV's SHA-256 is not the sidecar's", "upload the CSV again, in binary mode"),
    CSV_SIZE_MISMATCH(
            Verdict.REJECT_FILE, "the CSV's size is not the sidecar's", "upload the CSV again, in binary mode"),
    CSV_ROWCOUNT_MISMATCH(
            Verdict.REJECT_FILE,
            "the CSV has another number of rows than the sidecar says",
            "export and upload it again"),
    CSV_WRONG_DELIMITER(Verdict.REJECT_FILE, "the columns are not separated by commas", "export it with commas"),
    CSV_TOO_MANY_COLUMNS(Verdict.REJECT_FILE, "more than 500 columns", "leave columns out"),
    CSV_RECORD_TOO_LONG(
            Verdict.REJECT_FILE,
            "a record is longer than 1 MiB, often because of a quote that is never closed",
            "close the quote at the line that the message names"),
    CSV_UNCLOSED_QUOTE(Verdict.REJECT_FILE, "the file ends inside a quoted field", "upload it whole; close the quote"),
    CSV_TRUNCATED_SUSPECTED(
            Verdict.REJECT_FILE,
            "the last line has too few columns and no line end: the file was probably cut",
            "upload it whole"),
    CSV_TOO_MANY_BAD_ROWS(
            Verdict.REJECT_FILE,
            "more rows are refused than the limit allows",
            "mend the rows and drop the file again"),
    CSV_NO_FINAL_NEWLINE(
            Verdict.WARN,
            "the last line has no line end, and no checksum proves that the file is whole",
            "add bytes and sha256 to the sidecar"),
    CSV_CR_EOL(Verdict.NOTE, "lines ended with CR alone; they are sent with LF", "nothing"),
    CSV_MIXED_EOL(Verdict.NOTE, "lines ended in different ways; they are sent with LF", "nothing"),
    CSV_BLANK_LINES(Verdict.NOTE, "blank lines were skipped", "nothing"),
    CSV_EXCEL_SEP(Verdict.NOTE, "the first line was a sep= line and was skipped", "nothing"),
    CSV_REJECTS_COLUMNS(
            Verdict.NOTE, "the columns _line, _code and _reason of a rejects file were left out", "nothing"),
    CSV_TRAILING_DELIMITER(Verdict.NOTE, "every line ended with a comma, which is not sent", "nothing"),
    CSV_UNICODE_NEWLINE(Verdict.NOTE, "values hold Unicode line separators, which are sent as they are", "nothing"),
    CSV_SPACE_OUTSIDE_QUOTES(Verdict.NOTE, "spaces outside quotes were removed", "nothing"),
    CSV_MOJIBAKE_SUSPECTED(
            Verdict.WARN,
            "values look as if they had been decoded in the wrong encoding",
            "check the export's encoding"),
    CSV_SMART_QUOTES(Verdict.WARN, "values hold typographic quotes, which do not quote", "check the export"),
    CSV_NULL_LITERAL(Verdict.WARN, "values say NULL or the like, which is sent as text", "leave such cells empty"),
    CSV_EXCEL_DAMAGE_SUSPECTED(
            Verdict.WARN,
            "long numbers were written in scientific notation",
            "format the column as text before the export"),
    CSV_FORMULA(Verdict.NOTE, "values begin like a formula; they are sent as they are", "nothing"),

    // the header
    CSV_HEADER_MISSING(Verdict.REJECT_FILE, "the first line is no header", "begin with email,…"),
    CSV_HEADER_INVALID(
            Verdict.REJECT_FILE, "a header is no usable name", "use a-z, 0-9, _ and -, at most 64 characters"),
    CSV_HEADER_EMPTY(Verdict.REJECT_FILE, "a header is empty", "name the column or leave it out"),
    CSV_HEADER_NORMALISED(Verdict.NOTE, "headers were brought into their canonical form", "nothing"),
    CSV_HEADER_SUSPECT(
            Verdict.REJECT_FILE,
            "a header looks like a misspelt tag column",
            "use the spelling that the message names"),
    CSV_HEADER_UNKNOWN(
            Verdict.WARN,
            "a header is neither email, a tag column nor varr_…; it is sent as it is",
            "name it varr_<variable>"),
    CSV_EMAIL_NOT_FIRST(
            Verdict.REJECT_FILE, "the first column is not email", "put email first, or map it with columns"),
    CSV_DUPLICATE_HEADER(Verdict.REJECT_FILE, "a header stands twice", "keep one of the columns"),
    CSV_TAG_HEADER_TWICE(
            Verdict.REJECT_FILE,
            "a tag header stands twice; the API allows one column each",
            "put the tags in one column"),
    CSV_TAG_REPLACE_CONFLICT(
            Verdict.REJECT_FILE,
            "a replacing tag column together with an adding or removing one",
            "use one of the two"),
    CSV_SUPPRESSION_COLUMNS(
            Verdict.REJECT_FILE, "a suppression list may have the email column only", "leave the other columns out"),

    // rows
    CSV_ROW_SHORT(
            Verdict.REJECT_ROW,
            "fewer fields than the header has",
            "fill the row; an empty field is written as nothing between two commas"),
    CSV_ROW_LONG(
            Verdict.REJECT_ROW,
            "more fields than the header has, often a comma without quotes around it",
            "quote fields that hold commas"),
    CSV_STRAY_QUOTE(
            Verdict.REJECT_ROW,
            "a quote inside a field that is not quoted",
            "quote the field and double the quotes in it"),
    CSV_TEXT_AFTER_QUOTE(Verdict.REJECT_ROW, "text follows a closing quote", "double the quotes inside a quoted field"),
    CSV_CONTROL_CHAR(Verdict.REJECT_ROW, "a control character", "remove it"),
    CSV_EMBEDDED_NEWLINE(
            Verdict.REJECT_ROW, "a line break inside a quoted field, which this drop does not allow", "remove it"),
    CSV_TAG_INVALID(
            Verdict.REJECT_ROW,
            "a tag is too long, or there are too many in one field",
            "shorten the list; tags are created by importing them"),
    CSV_TAG_REPLACE_EMPTY(
            Verdict.REJECT_ROW,
            "an empty field in a replacing tag column would remove every tag",
            "name the tags that should remain"),

    // addresses
    EMAIL_MISSING(Verdict.REJECT_ROW, "the address is empty", "fill it"),
    EMAIL_INVALID(Verdict.REJECT_ROW, "this is no address", "write one address like name@example.com"),
    EMAIL_TOO_LONG(
            Verdict.REJECT_ROW,
            "the address is longer than 254 characters, or its local part than 64",
            "check the column"),
    EMAIL_TRAILING_DOT(Verdict.REJECT_ROW, "the domain ends with a dot", "remove it"),
    EMAIL_INVISIBLE_CHAR(Verdict.REJECT_ROW, "the address holds an invisible character", "remove it"),
    EMAIL_CONTROL_CHAR(Verdict.REJECT_ROW, "the address holds a control character or a line break", "remove it"),
    EMAIL_QUOTED_LOCAL(
            Verdict.REJECT_ROW, "the local part is quoted, which hardly any server accepts", "use the plain form"),
    EMAIL_IDN(Verdict.REJECT_ROW, "the domain is not ASCII", "write it in its xn-- form"),
    EMAIL_EAI(Verdict.REJECT_ROW, "the local part is not ASCII", "use an ASCII address"),
    EMAIL_MIXED_SCRIPT(Verdict.WARN, "domains mix alphabets, as look-alike names do", "check them"),
    HASH_PLAIN_EMAIL(
            Verdict.REJECT_FILE,
            "a plain address stands in a list of hashes; it was not sent",
            "hash the list, or set hash to true"),
    HASH_TYPE_MISMATCH(
            Verdict.REJECT_FILE, "the hashes are of another type than the segment's", "use the segment's hash type"),
    HASH_LENGTH(Verdict.REJECT_ROW, "the hash has the wrong number of digits", "check the export"),
    HASH_INVALID(Verdict.REJECT_ROW, "this is no hexadecimal hash", "write the hash in hexadecimal"),
    HASH_CASE(Verdict.NOTE, "hashes were brought into lower case", "nothing"),
    HASH_OF_EMPTY(Verdict.WARN, "hashes of an empty text, a common fault of exports", "check the export"),

    // names and kinds of files
    NAME_PATH_TRAVERSAL(Verdict.REJECT_FILE, "the name is a path", "use a plain file name"),
    NAME_FORBIDDEN_CHAR(Verdict.REJECT_FILE, "the name holds a backslash or slash", "use a plain file name"),
    NAME_CONTROL_CHAR(Verdict.REJECT_FILE, "the name holds a control character", "use a plain file name"),
    NAME_BIDI(
            Verdict.REJECT_FILE,
            "the name holds a character that turns the writing direction",
            "use a plain file name"),
    NAME_INVISIBLE_CHAR(Verdict.REJECT_FILE, "the name holds an invisible character", "use a plain file name"),
    NAME_UNICODE_AMBIGUOUS(Verdict.REJECT_FILE, "two names differ only in their Unicode form", "use one name"),
    NAME_NOT_UTF8(Verdict.REJECT_FILE, "the name is not UTF-8", "use a plain file name"),
    NAME_TOO_LONG(Verdict.REJECT_FILE, "the name is too long for its receipt", "use at most 230 bytes"),
    NAME_RESERVED(
            Verdict.REJECT_FILE,
            "the name is reserved on some systems, or ends with a dot or a space",
            "use another name"),
    NAME_NOT_REGULAR_FILE(
            Verdict.REJECT_FILE, "this is a link, pipe or socket, no file; it was not opened", "drop the file itself"),
    NAME_HARD_LINK(
            Verdict.REJECT_FILE,
            "the file has a second name elsewhere, so that it could change after the check",
            "drop a copy"),
    NAME_IGNORED_TEMP(
            Verdict.IGNORE,
            "a temporary name, left alone until it is renamed",
            "rename it when the upload is complete"),
    NAME_NOT_MATCHED(Verdict.IGNORE, "neither a CSV nor the sidecar of one", "name the pair x.csv and x.csv.json"),
    NAME_OWNER_SUSPECT(Verdict.WARN, "the file may be written by everybody on the machine", "tighten its permissions"),

    // waiting in the drop
    WAIT_SIDECAR(Verdict.WAIT, "the CSV waits for its sidecar", "drop the sidecar"),
    WAIT_CSV(Verdict.WAIT, "the sidecar waits for its CSV", "drop the CSV"),
    WAIT_SETTLE(Verdict.WAIT, "the pair was changed a moment ago", "nothing"),
    WAIT_PROOF(Verdict.WAIT, "the CSV is not yet what the sidecar's bytes and sha256 say", "finish the upload"),
    WAIT_HASH(Verdict.WAIT, "the CSV is still being held against the sidecar's sha256, by us", "nothing"),
    SRC_PERMISSION(
            Verdict.WAIT,
            "segment-drop lacks a right to the file or its folder",
            "let segment-drop's account read the file, and write in the folder"),
    SRC_NOT_REMOVABLE(
            Verdict.HOLD,
            "the file was imported but cannot be removed from the drop",
            "give segment-drop the right to write in the drop"),
    SRC_DIR_MISSING(
            Verdict.CLOSE_GATE,
            "the drop's folder is missing or cannot be read",
            "make the folder; it is never made for you"),
    SRC_DIR_REPLACED(
            Verdict.CLOSE_GATE,
            "another folder is where the drop's folder was: it was replaced, or its disk is not mounted",
            "put the old one back or mount its disk, and it goes on by itself; or resume the drop, which accepts this"
                    + " one"),
    SRC_RECEIPTS_LINK(
            Verdict.CLOSE_GATE,
            "receipts is not a folder but a link or a file",
            "remove it; a folder is made in its place"),
    SRC_UNREACHABLE(
            Verdict.CLOSE_GATE,
            "the SFTP server cannot be reached, or ended the connection",
            "nothing; it is tried again by itself. If it stays so, ask the partner"),
    SRC_TIMEOUT(
            Verdict.CLOSE_GATE,
            "the SFTP server did not answer in time",
            "nothing; it is tried again by itself. If it stays so, ask the partner"),
    SRC_HOST_KEY_CHANGED(
            Verdict.CLOSE_GATE,
            "the SFTP server shows another host key than the one that is pinned",
            "ask the partner by another way whether the key was changed; only then pin the new one"),
    SRC_HOST_KEY_UNPINNED(
            Verdict.CLOSE_GATE,
            "no host key is pinned for the SFTP server",
            "compare the fingerprint with the partner's, then pin the key in known-hosts-file"),
    SRC_AUTH_FAILED(
            Verdict.CLOSE_GATE,
            "the SFTP server does not accept the user with this key or password",
            "mend the account or the file, then resume the drop"),
    SRC_KEY_UNREADABLE(
            Verdict.CLOSE_GATE,
            "the private key or the password cannot be read",
            "mend the file or the passphrase; it is read again when it changes"),
    SRC_SSH_ALGORITHM(
            Verdict.CLOSE_GATE,
            "the SFTP server offers only what is too weak or unknown",
            "ask the partner to allow current algorithms"),
    SRC_CHANGED(Verdict.REJECT_FILE, "the file was changed or exchanged while it was taken", "drop both files again"),
    SRC_CHANGED_WHILE_READING(Verdict.WAIT, "the file changed while it was read", "nothing; it is read again"),
    SRC_TOO_MANY_ENTRIES(
            Verdict.WARN,
            "the folder holds more than is looked at; the rest waits",
            "remove what does not belong there"),
    SRC_RECEIPTS_REFUSED(
            Verdict.WARN,
            "receipts cannot be written in the drop",
            "make room there, or let segment-drop's account write in receipts; they are kept and tried again"),
    SRC_RECEIPTS_GROUP(
            Verdict.WARN,
            "receipts bear segment-drop's own group, not the drop's: the partner may be unable to read them",
            "make segment-drop's account a member of the drop's group, or set receipts.mode"),
    SRC_QUOTA(
            Verdict.CLOSE_GATE,
            "the drop has as much in custody as it may",
            "decide about what is held, wait for what is on its way, or raise the drop's max-in-custody"),
    DISK_RESERVE(Verdict.CLOSE_GATE, "there is too little room on the disk", "make room"),

    // guards
    CLEAR_SHRINK_GUARD(
            Verdict.HOLD,
            "a clearing import has far fewer rows than the last one of its segment",
            "check the list, then release or discard"),
    REPLAY_OLDER_THAN_SEGMENT(
            Verdict.HOLD,
            "a clearing replay is older than the segment's newest import",
            "check, then release or discard"),
    REQUEST_ID_REUSED(Verdict.REJECT_FILE, "requestId was used before with other content", "use a new requestId"),
    DUPLICATE_CONTENT(
            Verdict.NOTE, "the same content and options were the last delivered import of this segment", "nothing"),
    DUPLICATE_REQUEST(Verdict.NOTE, "the same requestId with the same content was imported before", "nothing"),
    SEG_NOT_STATIC(
            Verdict.REJECT_FILE, "the segment is dynamic and would lose its members at night", "use a static segment"),

    // sending
    API_REFUSED(
            Verdict.UNDELIVERABLE,
            "the API refused the request",
            "read the API's answer; mend the file or the options and drop it again"),
    API_UNREACHABLE(
            Verdict.RETRY,
            "the API could not be reached, or the request did not get there whole",
            "nothing; it is sent again"),
    SEND_STOPPED(
            Verdict.RETRY,
            "the program was ending, so that the request was stopped before its end",
            "nothing; it is sent again after the start"),
    API_SERVER_ERROR(
            Verdict.RETRY, "the API answered with a server error", "nothing; it is sent again if that is safe"),
    API_THROTTLED(Verdict.RETRY, "the API asks for a pause", "nothing; it is sent again"),
    API_IN_DOUBT(
            Verdict.HOLD,
            "the request went out whole and no trustworthy answer came",
            "look into the segment, then release (send again, or as accepted) or discard"),
    API_UNEXPECTED_SUCCESS(
            Verdict.HOLD,
            "the API answered 2xx, but not what it documents",
            "look into the segment, then release or discard"),
    API_201_ERROR_TRUE(
            Verdict.HOLD,
            "the API answered 201 and reported an error",
            "read the API's answer, then release or discard"),
    API_CONTRACT(
            Verdict.HOLD,
            "the API answered 201 without saying that there was no error",
            "read the API's answer, then release or discard"),
    API_UNEXPECTED_STATUS(
            Verdict.HOLD,
            "the API answered with a status that it does not document",
            "read the API's answer, then release or discard"),
    API_302_FAILURE(
            Verdict.HOLD,
            "the API answered with a redirect, its way to say that it failed, three times",
            "check the segment and the options, then release or discard"),
    API_CAMPAIGN_EFFORT_FAILED(
            Verdict.HOLD,
            "the API could not create the campaign effort, three times",
            "check the campaign, then release or discard"),
    API_TOO_LARGE(
            Verdict.HOLD,
            "the request is too large for the API and must not be split",
            "ask OptiPub for a larger limit, then release or discard"),
    API_TLS(
            Verdict.CLOSE_GATE,
            "the API's certificate is not trusted, or no TLS connection to it could be made",
            "compare the certificate with OptiPub's; if its authority is right, trust it by api.ssl-bundle or the"
                    + " JVM's trust store; sending goes on by itself when that is mended"),
    API_MOVED(Verdict.CLOSE_GATE, "the API has moved, or its address is wrong", "check api.base-url"),
    API_OUTAGE(Verdict.CLOSE_GATE, "the API is down or cannot be reached", "nothing; sending goes on by itself"),
    CRED_REJECTED(
            Verdict.CLOSE_GATE, "the API does not accept the key", "renew the key; it is read again without a restart"),
    CRED_MISSING(
            Verdict.CLOSE_GATE,
            "there is no key that can be sent",
            "write the key and nothing else to the token file; it is read again without a restart"),
    SEG_FORBIDDEN(
            Verdict.HOLD, "the key may not import to this segment", "give the key's user the permission, then release"),
    SEG_NOT_FOUND(Verdict.HOLD, "the API does not know this segment", "check the segment, then release or discard"),
    CREATE_IN_DOUBT(
            Verdict.HOLD,
            "a segment may have been created, but no trustworthy answer came",
            "look for the segment, then release or discard"),
    STAGED_HASH_MISMATCH(
            Verdict.HOLD,
            "the file in our custody changed after the check",
            "find out who changed it; discard, and drop the pair again"),
    DROP_PAUSED(Verdict.CLOSE_GATE, "a person paused the drop", "resume it"),
    GAVE_UP(
            Verdict.UNDELIVERABLE,
            "the API kept answering with errors for this import while others got through",
            "replay it when the cause is mended"),
    HOLD_LIMIT(Verdict.UNDELIVERABLE, "nobody decided about the held import in time", "replay it"),
    LEDGER_UNKNOWN(
            Verdict.UNDELIVERABLE,
            "its files are here, but the ledger does not know what became of it: it may have been sent",
            "look into the segment, then replay it if its rows are not there"),
    DISCARDED_BY_PERSON(Verdict.UNDELIVERABLE, "a person discarded the import", "nothing"),
    INTERNAL_FAULT(Verdict.HOLD, "a fault of segment-drop", "send operations the import's id, then release or discard");

    private final Verdict verdict;
    private final String meaning;
    private final String remedy;

    Code(Verdict verdict, String meaning, String remedy) {
        this.verdict = verdict;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** What it means, in a clause without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** What the one who can mend it does, in a clause without a full stop; {@code nothing} where there is nothing to do. */
    public String remedy() {
        return remedy;
    }
}
