package io.segmentdrop.core.check;

import java.util.Arrays;

/**
 * Knows nearly every address that is right, and no other; what it does not know, {@link Address} judges. It is a machine of
 * nine states, drawn here with what leads from one to the next; everything that is not drawn leads to {@code OTHER}, and
 * nothing leads out of it.
 *
 * <pre>
 *            atom           &#64;            letter, digit          .               letter
 *   BEGIN ---------> LOCAL ----> DOMAIN --------------> LABEL ------> LAST_LABEL --------> LETTER
 *     ^               | ^ |                             ^ | ^ |          | ^                | |
 *     |       .       | |_| atom          letter, digit | | |_| letter,  | | .       letter | |  letter
 *     +---------------+                                 | |     digit    | +----------------| |--------> LETTERS
 *                                                       | | -      digit v                  | | digit,     | ^ |
 *                                                     HYPHEN           LABEL                v v -          | |_| letter
 *                                                                                       as from LABEL &lt;----+ digit, -, .
 * </pre>
 *
 * <p>An address is known if it ends in {@code LETTERS}: a last label of two letters at least. Two hyphens in a row are not
 * known in a domain, since they may be punycode.
 *
 * <p>All states of one character are in one long, six bits each: shifted to the right by the state it gives the next
 * state. So a step is a look into a table, which need not wait for the step before, and a shift, which ignores all but the
 * lowest six bits.
 */
final class PlainAddress implements PlainEmail {

    private static final int BITS = 6;

    // a state is how far to shift; 0 is OTHER
    private static final int BEGIN = BITS;
    private static final int LOCAL = 2 * BITS;
    private static final int DOMAIN = 3 * BITS;
    private static final int LABEL = 4 * BITS;
    private static final int HYPHEN = 5 * BITS;
    private static final int LAST_LABEL = 6 * BITS;
    private static final int LETTER = 7 * BITS;
    private static final int LETTERS = 8 * BITS;
    private static final int STATE = (1 << BITS) - 1;

    /** Within it no part can be longer than its limit. */
    private static final int MOST = 64;

    private static final int CHARACTERS = 0x100;
    private static final long[] STEPS = steps();

    @Override
    public boolean knows(byte[] bytes, int from, int to) {
        if (to - from > MOST) {
            return false;
        }
        long state = BEGIN;
        for (int i = from; i < to; i += Long.BYTES) {
            state = eight(state, Word.upTo(Word.read(bytes, i), to - i));
        }
        return (state & STATE) == LETTERS;
    }

    private static long eight(long state, long word) {
        long one = STEPS[(int) word & 0xff] >>> state;
        long two = STEPS[(int) (word >>> 8) & 0xff] >>> one;
        long three = STEPS[(int) (word >>> 16) & 0xff] >>> two;
        long four = STEPS[(int) (word >>> 24) & 0xff] >>> three;
        long five = STEPS[(int) (word >>> 32) & 0xff] >>> four;
        long six = STEPS[(int) (word >>> 40) & 0xff] >>> five;
        long seven = STEPS[(int) (word >>> 48) & 0xff] >>> six;
        return STEPS[(int) (word >>> 56)] >>> seven;
    }

    private static long[] steps() {
        long[] steps = new long[CHARACTERS];
        for (int state = BEGIN; state <= LETTERS; state += BITS) {
            steps[0] |= step(state, state);
        }
        for (char c = 1; c < 0x80; c++) {
            if (Address.isAtom(c)) {
                steps[c] |= step(BEGIN, LOCAL) | step(LOCAL, LOCAL);
            }
        }
        steps['.'] |= step(LOCAL, BEGIN);
        steps['@'] |= step(LOCAL, DOMAIN);
        for (char c = 'a'; c <= 'z'; c++) {
            long inDomain = step(LAST_LABEL, LETTER) | step(LETTER, LETTERS) | step(LETTERS, LETTERS);
            steps[c] |= inDomain | inLabel(LABEL, DOMAIN, LABEL, HYPHEN);
            steps[Character.toUpperCase(c)] |= inDomain | inLabel(LABEL, DOMAIN, LABEL, HYPHEN);
        }
        for (char c = '0'; c <= '9'; c++) {
            steps[c] |= inLabel(LABEL, DOMAIN, LABEL, HYPHEN, LAST_LABEL, LETTER, LETTERS);
        }
        steps['-'] |= inLabel(HYPHEN, LABEL, LETTER, LETTERS);
        steps['.'] |= inLabel(LAST_LABEL, LABEL, LETTER, LETTERS);
        return steps;
    }

    /** One step to a state from each of the others. */
    private static long inLabel(int to, int... from) {
        return Arrays.stream(from).mapToLong(state -> step(state, to)).reduce(0, (one, other) -> one | other);
    }

    private static long step(int from, int to) {
        return (long) to << from;
    }
}
