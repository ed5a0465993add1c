package io.segmentdrop.core.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.segmentdrop.core.problem.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a drop may bring into custody. */
class RoomTest {

    private static final long HUGE = Long.MAX_VALUE;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        as much as is free, once for its checked copy     | -   | 0  | 1 | 100 | 0  | 0  | 1 | 100 | -
        a byte more                                       | -   | 0  | 1 | 100 | 0  | 0  | 1 | 101 | DISK_RESERVE
        twice where it is copied                          | -   | 0  | 1 | 100 | 0  | 0  | 2 | 50  | -
        twice where it is copied, and a byte              | -   | 0  | 1 | 100 | 0  | 0  | 2 | 51  | DISK_RESERVE
        nothing where others have claimed all             | -   | 0  | 1 | -5  | 0  | 0  | 1 | 1   | DISK_RESERVE
        up to the quota                                   | 100 | 0  | 1 | 999 | 90 | 90 | 1 | 10  | -
        beyond the quota                                  | 100 | 0  | 1 | 999 | 90 | 90 | 1 | 11  | SRC_QUOTA
        what has ended is not in the quota                | 100 | 0  | 1 | 999 | 90 | 0  | 1 | 11  | -
        who has little may use what is spare              | -   | 60 | 3 | 60  | 0  | 0  | 1 | 20  | -
        who has more may not                              | -   | 60 | 3 | 60  | 1  | 0  | 1 | 20  | DISK_RESERVE
        nor who brings more                               | -   | 60 | 3 | 60  | 0  | 0  | 1 | 21  | DISK_RESERVE
        who has much may use the rest                     | -   | 60 | 3 | 80  | 99 | 0  | 1 | 20  | -
        """)
    void lacks(
            String what,
            @Nullable Long quota,
            long spare,
            int drops,
            long free,
            long kept,
            long inCustody,
            int copies,
            long size,
            @Nullable Code lacks) {
        Room room = new Room(new Room.Limits(quota, spare, drops), free, kept, inCustody, copies);
        assertThat(room.lacks(size)).isEqualTo(lacks);
    }

    @Test
    void whatIsTakenCounts() {
        Room room = new Room(new Room.Limits(100L, 0, 1), 100, 0, 0, 2);
        assertThat(room.after(30)).isEqualTo(new Room(room.limits(), 40, 30, 30, 2));
        assertThat(room.after(30).lacks(20)).isNull();
        assertThat(room.after(30).after(20).lacks(1)).isEqualTo(Code.DISK_RESERVE);
    }

    @Test
    void aHoleOfAnySizeIsNoNumberTooLarge() {
        Room room = new Room(new Room.Limits(HUGE, 10, 1), HUGE, 0, 0, 2);
        for (int i = 0; i < 1000; i++) {
            room = room.after(HUGE);
        }
        assertThat(room.kept()).isPositive();
        assertThat(room.needed(HUGE)).isPositive();
        assertThat(new Room(new Room.Limits(null, 0, 1), 100, 0, 0, 2).lacks(HUGE))
                .isEqualTo(Code.DISK_RESERVE);
    }

    @Test
    void refusesNumbersThatMeanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Room.Limits(-1L, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Room.Limits(null, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Room.Limits(null, 0, 0));
    }
}
