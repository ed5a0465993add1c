package io.segmentdrop.core.check;

import io.segmentdrop.core.problem.Code;
import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of an e-mail address: a dot-atom, one @, and a domain name of at least two labels, all in ASCII. It looks at
 * each byte a fixed number of times, whatever the input. That a mailbox exists is not its business.
 */
final class Address {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;
    private static final boolean[] ATOM = atom();

    private Address() {}

    /**
     * What is wrong with an address.
     *
     * @param bytes valid UTF-8, the address from {@code from} to before {@code to}, without surrounding spaces
     * @return null if nothing is
     */
    static @Nullable Code check(byte[] bytes, int from, int to) {
        if (from == to) {
            return Code.EMAIL_MISSING;
        }
        Code character = checkCharacters(bytes, from, to);
        if (character != null) {
            return character;
        }
        if (to - from > MAX_LENGTH) {
            return Code.EMAIL_TOO_LONG;
        }
        if (bytes[from] == '"') {
            return checkQuoted(bytes, from, to);
        }
        int at = Word.indexOf(bytes, '@', from, to);
        if (at < 0 || Word.indexOf(bytes, '@', at + 1, to) >= 0) {
            return Code.EMAIL_INVALID;
        }
        Code local = checkLocal(bytes, from, at);
        return local != null && local != Code.EMAIL_EAI ? local : firstOf(checkDomain(bytes, at + 1, to), local);
    }

    /** A non-ASCII local part is the address's fault only if its domain could be one. */
    private static @Nullable Code firstOf(@Nullable Code domain, @Nullable Code local) {
        return local == null || domain == Code.EMAIL_INVALID ? domain : local;
    }

    private static @Nullable Code checkCharacters(byte[] bytes, int from, int to) {
        for (int i = Word.visibleTo(bytes, from, to); i < to; i += Utf8.length(bytes[i])) {
            byte value = bytes[i];
            if (value >= 0x20 && value < 0x7f) {
                continue;
            }
            int codePoint = Utf8.codePoint(bytes, i);
            if (isControl(codePoint)) {
                return Code.EMAIL_CONTROL_CHAR;
            }
            if (isInvisible(codePoint)) {
                return Code.EMAIL_INVISIBLE_CHAR;
            }
        }
        return null;
    }

    private static boolean isControl(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }

    /** True for an ASCII character that may stand in the local part wherever it likes. */
    static boolean isAtom(char c) {
        return ATOM[c];
    }

    /** Spaces other than U+0020, characters without width, marks of direction and of byte order. */
    static boolean isInvisible(int codePoint) {
        return codePoint > 0x7f
                && (Character.isSpaceChar(codePoint) || Character.getType(codePoint) == Character.FORMAT);
    }

    private static Code checkQuoted(byte[] bytes, int from, int to) {
        int at = lastIndexOf(bytes, '@', from, to);
        boolean isWhole = at - from >= 2 && bytes[at - 1] == '"' && checkDomain(bytes, at + 1, to) == null;
        return isWhole ? Code.EMAIL_QUOTED_LOCAL : Code.EMAIL_INVALID;
    }

    private static @Nullable Code checkLocal(byte[] bytes, int from, int to) {
        if (to - from > MAX_LOCAL) {
            return Code.EMAIL_TOO_LONG;
        }
        boolean ascii = true;
        boolean afterDot = true;
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (value < 0) {
                ascii = false;
            } else if (value == '.' ? afterDot : !ATOM[value]) {
                return Code.EMAIL_INVALID;
            }
            afterDot = value == '.';
        }
        return afterDot ? Code.EMAIL_INVALID : ascii ? null : Code.EMAIL_EAI;
    }

    private static @Nullable Code checkDomain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return Code.EMAIL_IDN;
            }
        }
        if (to - from > 1 && bytes[to - 1] == '.') {
            return isDomain(bytes, from, to - 1) ? Code.EMAIL_TRAILING_DOT : Code.EMAIL_INVALID;
        }
        return isDomain(bytes, from, to) ? null : Code.EMAIL_INVALID;
    }

    private static boolean isDomain(byte[] bytes, int from, int to) {
        int label = from;
        for (int dot = Word.indexOf(bytes, '.', label, to); dot >= 0; dot = Word.indexOf(bytes, '.', label, to)) {
            if (!isLabel(bytes, label, dot)) {
                return false;
            }
            label = dot + 1;
        }
        return label > from && isLabel(bytes, label, to) && isTopLevel(bytes, label, to);
    }

    private static boolean isLabel(byte[] bytes, int from, int to) {
        if (from == to || to - from > MAX_LABEL || bytes[from] == '-' || bytes[to - 1] == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isLetter(bytes[i]) && !isDigit(bytes[i]) && bytes[i] != '-') {
                return false;
            }
        }
        return true;
    }

    /** Letters only, or punycode: digits at the end are an IP address. */
    private static boolean isTopLevel(byte[] bytes, int from, int to) {
        if (isPunycode(bytes, from, to)) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (!isLetter(bytes[i])) {
                return false;
            }
        }
        return to - from >= 2;
    }

    private static boolean isPunycode(byte[] bytes, int from, int to) {
        return to - from > 4
                && (bytes[from] | 0x20) == 'x'
                && (bytes[from + 1] | 0x20) == 'n'
                && bytes[from + 2] == '-'
                && bytes[from + 3] == '-';
    }

    /** True if a label of a valid address's domain, decoded from punycode, mixes alphabets as look-alikes do. */
    static boolean mixesScripts(byte[] bytes, int from, int to) {
        return hasTwoHyphens(bytes, from, to) && hasMixedLabel(bytes, from, to);
    }

    /** Nearly no address has two hyphens in a row, as punycode does. */
    private static boolean hasTwoHyphens(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i += 2) {
            if (bytes[i] == '-' && (bytes[i - 1] == '-' || (i + 1 < to && bytes[i + 1] == '-'))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasMixedLabel(byte[] bytes, int from, int to) {
        int label = Word.indexOf(bytes, '@', from, to) + 1;
        while (label > 0 && label < to) {
            int dot = Word.indexOf(bytes, '.', label, to);
            int end = dot < 0 ? to : dot;
            if (isPunycode(bytes, label, end) && isMixed(decode(bytes, label, end))) {
                return true;
            }
            label = end + 1;
        }
        return false;
    }

    private static String decode(byte[] bytes, int from, int to) {
        return IDN.toUnicode(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    /** East Asian names mix their own scripts, and Latin with them, by custom. */
    private static boolean isMixed(String label) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        Set<UnicodeScript> eastAsian =
                EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);
        eastAsian.add(UnicodeScript.BOPOMOFO);
        if (scripts.removeAll(eastAsian)) {
            scripts.remove(UnicodeScript.LATIN);
            return !scripts.isEmpty();
        }
        return scripts.size() > 1;
    }

    private static int lastIndexOf(byte[] bytes, char wanted, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLetter(byte value) {
        int lower = value | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static boolean[] atom() {
        boolean[] atom = new boolean[128];
        for (char c :
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~".toCharArray()) {
            atom[c] = true;
        }
        return atom;
    }
}
