package io.segmentdrop.core.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folder is the one that was known: what stays over a remount and a reboot decides, and what does not, does not. */
class FolderIdentityTest {

    /** {@code fe00} is a disk's; {@code 2a} and {@code 2b} have no device behind them. A time with {@code ?} is not sure. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
        nothing changed,                                       fe00, 12, 100,  fe00, 12, 100,   true
        the disk has another number after a reboot,            fe00, 12, 100,  fe01, 12, 100,   true
        another inode,                                         fe00, 12, 100,  fe00, 13, 100,   false
        the empty folder below the mount point,                fe01,  2, 100,  fe00, 99, 50,    false
        made anew: the inode is used again,                    fe00, 12, 100,  fe00, 12, 200,   false
        made anew and empty: its birth is its last change,     fe00, 12, 100,  fe00, 12, 200?,  false
        the root of another disk,                              fe00,  2, 100,  fe01,  2, 200,   false
        no birth times: the same,                              fe00, 12, -,    fe00, 12, 300?,  true
        no birth times: another disk,                          fe00,  2, -,    fe01,  2, 300?,  false
        no birth times: a network file system mounted again,   2a,   12, -,    2b,   12, 300?,  true
        no birth times: another one mounted there,             2a,   12, -,    2b,   13, 300?,  false
        no birth times: a disk instead of a network,           2a,    2, -,    fe01,  2, 300?,  false
        the program runs on a Java that does not ask,          fe00, 12, 100,  fe00, 12, -,     true
        the birth time was learned since,                      fe00, 12, -,    fe00, 12, 100,   true
        """)
    void isKnownAgain(
            String what,
            String device,
            long inode,
            @Nullable Long born,
            String nowDevice,
            long nowInode,
            @Nullable String nowBorn,
            boolean same) {
        FolderIdentity known = FolderIdentity.known(Long.parseLong(device, 16), inode, born);
        FolderIdentity now = new FolderIdentity(
                Long.parseLong(nowDevice, 16),
                nowInode,
                nowBorn == null ? null : (Long) Long.parseLong(nowBorn.replace("?", "")),
                nowBorn != null && !nowBorn.endsWith("?"));

        assertThat(now.is(known)).as(what).isEqualTo(same);
    }

    @Test
    void whatIsNotSureIsNotKept() {
        assertThat(new FolderIdentity(1, 2, 3L, false).known()).isEqualTo(FolderIdentity.known(1, 2, null));
        assertThat(new FolderIdentity(1, 2, 3L, true).known()).isEqualTo(FolderIdentity.known(1, 2, 3L));
        assertThat(new FolderIdentity(0xfe00, 12, 3L, true).words()).isEqualTo("file system fe00, inode 12");
    }

    @Test
    void aTimeThatIsSureIsThere() {
        assertThatThrownBy(() -> new FolderIdentity(1, 2, null, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
