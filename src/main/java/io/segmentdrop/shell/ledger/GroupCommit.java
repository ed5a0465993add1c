package io.segmentdrop.shell.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of many threads, one after the other, that share one commit and so one force of the disk: while one group is
 * committed, the next one gathers.
 *
 * <p>Promise: weakens nothing. What {@link #run} returned from is durable. Work that throws leaves no trace and takes no
 * other with it; if the ledger itself fails, all of the group fail and none of them has left a trace. Work of a group sees
 * what the work before it did.
 */
final class GroupCommit {

    private static final int MOST = 64;

    /** Work that waits for its commit. Fields are guarded by {@link #writing}. */
    private static final class Piece<T> {

        private final Supplier<T> work;
        private @Nullable T value;
        private @Nullable Throwable fault;
        private boolean ended;

        Piece(Supplier<T> work) {
            this.work = work;
        }

        void run() {
            value = work.get();
        }

        /** A fault of the savepoint itself is one of the whole group. */
        void runAmongOthers(TransactionStatus status) {
            Object savepoint = status.createSavepoint();
            try {
                run();
            } catch (RuntimeException | Error e) {
                status.rollbackToSavepoint(savepoint);
                fault = e;
            }
            status.releaseSavepoint(savepoint);
        }

        void end(@Nullable Throwable ofGroup) {
            fault = ofGroup == null ? fault : ofGroup;
            ended = true;
        }

        @Nullable
        T result() {
            return switch (fault) {
                case null -> value;
                case Error e -> throw e;
                case RuntimeException e -> throw e;
                default -> throw new IllegalStateException(fault);
            };
        }
    }

    private final TransactionTemplate transaction;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<Piece<?>> waiting = new ConcurrentLinkedQueue<>();

    GroupCommit(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    /** True in work that is run here. */
    boolean isInside() {
        return writing.isHeldByCurrentThread();
    }

    /** Runs the work, as a part of the caller's if there is one. It may be run by another thread than the caller's. */
    <T> @Nullable T run(Supplier<T> work) {
        if (isInside()) {
            return work.get();
        }
        Piece<T> piece = new Piece<>(work);
        waiting.add(piece);
        writing.lock();
        try {
            while (!piece.ended) {
                commit(next());
            }
        } finally {
            writing.unlock();
        }
        return piece.result();
    }

    private List<Piece<?>> next() {
        List<Piece<?>> group = new ArrayList<>();
        for (Piece<?> piece = waiting.poll(); piece != null; piece = group.size() < MOST ? waiting.poll() : null) {
            group.add(piece);
        }
        return group;
    }

    private void commit(List<Piece<?>> group) {
        Throwable fault = null;
        try {
            transaction.executeWithoutResult(status -> {
                if (group.size() == 1) {
                    group.getFirst().run();
                } else {
                    group.forEach(piece -> piece.runAmongOthers(status));
                }
            });
        } catch (RuntimeException | Error e) {
            fault = e;
        }
        for (Piece<?> piece : group) {
            piece.end(fault);
        }
    }
}
