package io.segmentdrop.shell.files;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may read what is written for a partner, whatever this process's umask is.
 *
 * @param file the rights of a receipt or rejects file
 * @param folder those of the folder that they lie in: whoever may read one of them may list and enter it
 */
public record ReceiptMode(Set<PosixFilePermission> file, Set<PosixFilePermission> folder) {

    /** For us and the drop's group. */
    public static final ReceiptMode DEFAULT = of("0640");

    /** For us alone: what is carried to a server from here. */
    public static final ReceiptMode OURS_ALONE = of("0600");

    public ReceiptMode {
        file = Collections.unmodifiableSet(EnumSet.copyOf(file));
        folder = Collections.unmodifiableSet(EnumSet.copyOf(folder));
    }

    /**
     * The mode that these digits say.
     *
     * @param octal as {@code chmod} takes it, such as {@code 0640}
     */
    public static ReceiptMode of(String octal) {
        int bits = Integer.parseInt(octal, 8);
        EnumSet<PosixFilePermission> file = EnumSet.noneOf(PosixFilePermission.class);
        // declared from the owner's right to read down to the others' right to execute
        int bit = 0400;
        for (PosixFilePermission right : PosixFilePermission.values()) {
            if ((bits & bit) != 0) {
                file.add(right);
            }
            bit >>= 1;
        }
        EnumSet<PosixFilePermission> folder = EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
        folder.addAll(file.contains(GROUP_READ) ? Set.of(GROUP_READ, GROUP_EXECUTE) : Set.of());
        folder.addAll(file.contains(OTHERS_READ) ? Set.of(OTHERS_READ, OTHERS_EXECUTE) : Set.of());
        return new ReceiptMode(file, folder);
    }

    /** Whether only we and the group may read. */
    boolean needsGroup() {
        return file.contains(GROUP_READ) && !file.contains(OTHERS_READ);
    }
}
