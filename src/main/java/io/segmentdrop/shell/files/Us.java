package io.segmentdrop.shell.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user and the group that this process runs as, by number; where the system does not say, everything may be ours. */
final class Us {

    private static final int ROOT = 0;
    private static final int UNKNOWN = -1;
    private static final int UID = number("Uid:");
    private static final int GID = number("Gid:");
    private static volatile @Nullable UserPrincipal user;

    private Us() {}

    private static int number(String what) {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
            return status.stream()
                    .filter(line -> line.startsWith(what))
                    // the real one, then the effective
                    .map(line -> line.split("\\s+", -1)[2])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Whether we own what is here. */
    static boolean own(Path path, LinkOption... options) throws IOException {
        return UID == UNKNOWN || UID == (Integer) Files.getAttribute(path, "unix:uid", options);
    }

    /** Whether this is the user that we run as. */
    static boolean are(UserPrincipal user) throws IOException {
        return UID == UNKNOWN || user.equals(ours());
    }

    /** Looked up once: each look reads the system's list of users, which may even be elsewhere. */
    private static UserPrincipal ours() throws IOException {
        UserPrincipal known = user;
        if (known == null) {
            known = names().lookupPrincipalByName(Integer.toString(UID));
            user = known;
        }
        return known;
    }

    static boolean areOf(GroupPrincipal group) throws IOException {
        return GID == UNKNOWN || group.equals(names().lookupPrincipalByGroupName(Integer.toString(GID)));
    }

    private static UserPrincipalLookupService names() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }

    /** Whether we may remove a name from a folder with the sticky bit, in which only owners may. */
    static boolean mayRemoveFromSticky(Path folder, Path file) throws IOException {
        return UID == ROOT || own(folder) || own(file, LinkOption.NOFOLLOW_LINKS);
    }
}
