package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes much asks before, and all who do are counted together. */
class ReserveTest {

    private static final long MIB = 1 << 20;

    @TempDir
    Path home;

    private long free = Reserve.LEAST + 100 * MIB;
    private final Disk disk = new Disk() {
        @Override
        public long free(Path folder) {
            return free;
        }

        @Override
        public long size(Path folder) {
            return 64 * MIB;
        }
    };

    @Test
    void claimsAreCountedTogetherUntilTheyAreWritten() throws IOException {
        Reserve reserve = new Reserve(new Home(home), disk);
        Reserve.Claim first = reserve.claim(60 * MIB);
        assertThatThrownBy(() -> reserve.claim(41 * MIB))
                .isInstanceOf(Reserve.NoRoom.class)
                .hasMessage(
                        "expected 105 MiB free on the disk of the home, found 104; make room, and the taking goes on"
                                + " by itself");

        first.written(50 * MIB);
        free -= 50 * MIB;
        assertThatThrownBy(() -> reserve.claim(41 * MIB)).isInstanceOf(Reserve.NoRoom.class);
        Reserve.Claim second = reserve.claim(40 * MIB);

        first.close();
        first.close();
        first.written(MIB);
        reserve.claim(10 * MIB).close();
        second.close();
        reserve.claim(50 * MIB);
        assertThatThrownBy(() -> reserve.claim(1)).isInstanceOf(Reserve.NoRoom.class);
    }

    @Test
    void whoDecidesIsToldWhatIsLeft() throws IOException {
        Reserve reserve = new Reserve(new Home(home), disk);
        Reserve.Claim all = reserve.claim(left -> left);
        assertThat(reserve.claim(left -> left == 0 ? 0 : 1)).isNotNull();
        free -= MIB;
        reserve.claim(left -> {
            assertThat(left).as("less is free than was claimed").isEqualTo(-MIB);
            return 0;
        });
        all.close();
        assertThatThrownBy(() -> reserve.claim(Long.MAX_VALUE)).isInstanceOf(Reserve.NoRoom.class);
    }

    @Test
    void knowsAFullDisk() throws IOException {
        Reserve reserve = new Reserve(new Home(home), disk);
        assertThat(reserve.isFull(new FileSystemException("x", null, "No space left on device")))
                .isTrue();
        assertThat(reserve.isFull(new IOException("No space left on device"))).isTrue();
        assertThat(reserve.isFull(new Reserve.NoRoom("no"))).isTrue();
        assertThat(reserve.isFull(new AccessDeniedException("x"))).isFalse();
        free = Reserve.LEAST - 1;
        assertThat(reserve.isFull(new IOException("whatever the system calls it")))
                .isTrue();
        assertThat(reserve.spare()).isEqualTo(4 * MIB);
    }
}
