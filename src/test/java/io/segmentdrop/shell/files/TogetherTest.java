package io.segmentdrop.shell.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many things done side by side: as many at once as was said, all of them, whatever one of them throws. */
class TogetherTest {

    private static final List<Integer> TEN =
            IntStream.rangeClosed(1, 10).boxed().toList();

    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    private final Together.Task<Integer, IOException> butThree = one -> {
        if (one == 3) {
            throw new IOException("three");
        }
        done.add(one);
    };

    @Test
    void inOrderItGoesNoFurtherThanToAFault() {
        assertThatThrownBy(() -> Together.inOrder().each(TEN, butThree)).hasMessage("three");
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void sideBySideTheOthersAreDoneAllTheSame() {
        assertThatThrownBy(() -> Together.upTo(2).each(TEN, butThree))
                .isInstanceOf(IOException.class)
                .hasMessage("three");
        assertThat(done).containsExactlyInAnyOrder(1, 2, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void anErrorIsThrownAsItIs() {
        Error error = new StackOverflowError("deep");
        assertThatThrownBy(() -> Together.upTo(3).each(TEN, one -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void asManyAreDoneAtOnceAsWasSaid() {
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Together.upTo(3).each(TEN, one -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            await(three);
            now.decrementAndGet();
            done.add(one);
        });
        assertThat(done).containsExactlyInAnyOrderElementsOf(TEN);
        assertThat(most).hasValue(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
