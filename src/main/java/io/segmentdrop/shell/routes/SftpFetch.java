package io.segmentdrop.shell.routes;

import io.segmentdrop.core.drop.Candidate;
import io.segmentdrop.core.drop.Entry;
import io.segmentdrop.core.drop.Names;
import io.segmentdrop.core.drop.Watch;
import io.segmentdrop.core.split.Digests;
import io.segmentdrop.shell.camel.SftpFolder;
import io.segmentdrop.shell.camel.SftpRefused;
import io.segmentdrop.shell.files.CrashPoint;
import io.segmentdrop.shell.files.Disk;
import io.segmentdrop.shell.files.DropFolder;
import io.segmentdrop.shell.files.Together;
import io.segmentdrop.shell.ledger.Mirrored;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Mirrors pairs into the spool: to temporary names, forced; recorded in the ledger; given their names; recorded again. Shares
 * may use it side by side.
 * Promise: after a kill at any point each pair is either mirrored once or not yet, and never seen by halves.
 */
final class SftpFetch {

    private static final String TEMPORARY = ".mirror-";

    /** No two files of a run share a temporary name: one that was recorded must stay what it is until it is placed. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private final DropFolder spool;
    private final Disk disk;
    private final SftpMemory memory;
    private final SftpSidecars sidecars;
    private final Together together;

    SftpFetch(DropFolder spool, Disk disk, SftpMemory memory, SftpSidecars sidecars, Together together) {
        this.spool = spool;
        this.disk = disk;
        this.memory = memory;
        this.sidecars = sidecars;
        this.together = together;
    }

    /** Finishes what was recorded and not placed when the program ended, and removes what was not recorded. */
    void recover() throws IOException {
        finish();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(spool.path(), TEMPORARY + "*")) {
            for (Path one : left) {
                disk.remove(one);
            }
        }
    }

    /** Finishes what was recorded and could not be placed, when our disk failed or the program ended. */
    synchronized void finish() throws IOException {
        List<Mirrored.Row> begun =
                memory.all().stream().filter(row -> !row.placed()).toList();
        if (!begun.isEmpty()) {
            name(begun);
        }
    }

    /** Records what was downloaded, gives it its names, and records that. */
    synchronized void place(List<Mirrored.Row> rows) throws IOException {
        try {
            disk.forceFolder(spool.path());
        } catch (IOException e) {
            rows.forEach(row -> forget(row.files(), e));
            throw e;
        }
        // from here on the ledger may know of them, whatever it answers: what lies there is for it to say
        memory.begin(rows);
        CrashPoint.MIRROR_RECORDED.hit();
        name(rows);
    }

    /**
     * Downloads a lot to temporary names: small pairs side by side; a large one takes the whole line for itself. What changed
     * meanwhile, does not fit its proof or would lie on something is left for a later look.
     *
     * @param written is told, by any thread, of bytes that were written
     */
    List<Mirrored.Row> download(SftpFolder folder, List<Watch.Ready> batch, Instant now, LongConsumer written)
            throws IOException {
        List<Watch.Ready> free =
                batch.stream().filter(one -> isFree(one.what())).toList();
        Map<Integer, Mirrored.Row> whole = new ConcurrentSkipListMap<>();
        try {
            download(folder, free, now, written, whole);
            return List.copyOf(whole.values());
        } catch (IOException | RuntimeException e) {
            whole.values().forEach(row -> forget(row.files(), e));
            throw e;
        }
    }

    private void download(
            SftpFolder folder,
            List<Watch.Ready> free,
            Instant now,
            LongConsumer written,
            Map<Integer, Mirrored.Row> whole)
            throws IOException {
        Together.Task<Integer, IOException> download =
                number -> download(folder, free.get(number), now, written).ifPresent(row -> whole.put(number, row));
        Map<Boolean, List<Integer>> bySize = IntStream.range(0, free.size())
                .boxed()
                .collect(Collectors.partitioningBy(
                        number -> isSmall(free.get(number).what())));
        together.each(Objects.requireNonNull(bySize.get(true)), download);
        Together.inOrder().each(Objects.requireNonNull(bySize.get(false)), download);
    }

    private static boolean isSmall(Candidate what) {
        return what.entries().stream().allMatch(entry -> entry.size() <= SftpFolder.SMALL);
    }

    private boolean isFree(Candidate what) {
        return what.entries().stream()
                .map(Entry::name)
                .allMatch(name -> Names.judge(name) == null
                        && !Names.isTemporary(name)
                        && !Files.exists(spool.path().resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    private Optional<Mirrored.Row> download(SftpFolder folder, Watch.Ready ready, Instant now, LongConsumer written)
            throws IOException {
        long number = NUMBER.getAndIncrement();
        List<Mirrored.File> files = new ArrayList<>();
        try {
            return download(folder, ready, number, files, written)
                    ? Optional.of(new Mirrored.Row(ready.what().csvName(), files, false, now))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            forget(files, e);
            throw e;
        }
    }

    private boolean download(
            SftpFolder folder, Watch.Ready ready, long number, List<Mirrored.File> files, LongConsumer written)
            throws IOException {
        boolean whole = true;
        for (Entry entry : ready.what().entries()) {
            String temporary = TEMPORARY + number + "-" + files.size() + ".part";
            files.add(new Mirrored.File(entry.name(), SftpMemory.mark(entry), temporary));
            whole = whole && download(folder, entry, spool.path().resolve(temporary), ready, written);
        }
        if (!whole) {
            for (Mirrored.File file : files) {
                disk.remove(spool.path().resolve(file.temporary()));
            }
        }
        return whole;
    }

    /** Removes what nobody else knows of yet. */
    private void forget(List<Mirrored.File> files, Exception because) {
        for (Mirrored.File file : files) {
            try {
                disk.remove(spool.path().resolve(file.temporary()));
            } catch (IOException e) {
                // the next start removes it
                because.addSuppressed(e);
            }
        }
    }

    private boolean download(SftpFolder folder, Entry entry, Path to, Watch.Ready ready, LongConsumer written)
            throws IOException {
        disk.remove(to);
        @Nullable String promised = promised(entry, ready);
        MessageDigest digest = Digests.sha256();
        try (OutputStream disk = new OwnDisk(this.disk.create(to), written);
                OutputStream out = promised == null ? disk : new DigestOutputStream(disk, digest)) {
            byte[] read = sidecars.text(entry);
            if (read != null) {
                out.write(read);
            } else if (!folder.copy(entry, out)) {
                return false;
            }
        } catch (SftpRefused e) {
            return false;
        }
        Files.setLastModifiedTime(to, FileTime.from(entry.mtimeNanos(), TimeUnit.NANOSECONDS));
        disk.forceFile(to);
        if (promised != null && !promised.equals(Digests.hex(digest))) {
            sidecars.doesNotFit((Candidate.Pair) ready.what());
            return false;
        }
        return true;
    }

    /** The SHA-256 that this file must have; null if that does not matter. */
    private @Nullable String promised(Entry entry, Watch.Ready ready) {
        return ready.orphan() == null && ready.what() instanceof Candidate.Pair pair && entry.equals(pair.csv())
                ? sidecars.promised(pair)
                : null;
    }

    private void name(List<Mirrored.Row> rows) throws IOException {
        spool.arrange(() -> {
            for (Mirrored.Row row : rows) {
                for (Mirrored.File file : row.files()) {
                    name(file);
                    CrashPoint.MIRROR_ONE_PLACED.hit();
                }
            }
        });
        disk.forceFolder(spool.path());
        CrashPoint.MIRROR_PLACED.hit();
        memory.placed(rows);
    }

    /** A file that is not there any more was placed before a kill, and may have been taken since. */
    private void name(Mirrored.File file) throws IOException {
        Path from = spool.path().resolve(file.temporary());
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            disk.rename(from, spool.path().resolve(file.name()));
        }
    }

    /** Tells what is written, and makes a fault of our disk known as one, so that it is not taken for one of the server. */
    private static final class OwnDisk extends FilterOutputStream {

        private final LongConsumer written;

        OwnDisk(OutputStream out, LongConsumer written) {
            super(out);
            this.written = written;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
                written.accept(length);
            } catch (IOException e) {
                throw new FileSystemException(null, null, e.getMessage());
            }
        }
    }
}
