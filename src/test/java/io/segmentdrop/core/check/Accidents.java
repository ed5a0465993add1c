package io.segmentdrop.core.check;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Puts accidents into a file: bytes put in, left out, changed or moved, mostly those that mean something in a CSV. */
final class Accidents {

    private static final int[] BYTES = {
        ',', '"', '\n', '\r', '\t', ' ', 0, 0x1b, 0x7f, '@', '.', '-', '+', '=', 'N', 'n', '0', '\\', ';', 0x80, 0xc3,
        0xa9, 0xe2, 0xef, 0xbb, 0xbf, 0xff, '\'', '#', '_'
    };

    private Accidents() {}

    /** The file after one to four accidents. */
    static byte[] in(byte[] file, Random random) {
        byte[] after = file;
        for (int i = random.nextInt(4); i >= 0; i--) {
            after = once(after, random);
        }
        return after;
    }

    private static byte[] once(byte[] file, Random random) {
        int at = random.nextInt(file.length + 1);
        int end = Math.min(file.length, at + 1 + random.nextInt(random.nextInt(5) == 0 ? 100 : 2));
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        after.write(file, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> after.writeBytes(Arrays.copyOfRange(file, end, file.length));
            case 1 -> {
                after.writeBytes(Arrays.copyOfRange(file, at, end));
                after.writeBytes(Arrays.copyOfRange(file, at, file.length));
            }
            default -> {
                after.write(BYTES[random.nextInt(BYTES.length)]);
                after.writeBytes(
                        Arrays.copyOfRange(file, random.nextBoolean() ? at : Math.min(at + 1, end), file.length));
            }
        }
        return after.size() == 0 ? file : after.toByteArray();
    }
}
