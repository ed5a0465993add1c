package io.segmentdrop.shell.files;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever has a name at one moment, held without being opened ({@code O_PATH}): it is looked at and then opened as the very
 * thing that was looked at, whoever exchanges the name meanwhile. To hold a pipe or a device neither blocks nor wakes anybody.
 *
 * <p>The JDK offers no such flag, so this goes to its own {@code open(2)} (decision 0019). Where that is not to be had, the
 * name itself is looked at and then opened, which leaves a moment in between.
 */
final class Pinned implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Pinned.class);
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Optional<Calls> CALLS = Calls.find();

    /** What the JDK asks the kernel with. */
    private record Calls(int flags, MethodHandle open, MethodHandle close, Class<?> fault, MethodHandle words) {

        static Optional<Calls> find() {
            if (!Files.isDirectory(DESCRIPTORS)) {
                return Optional.empty();
            }
            try {
                Class<?> calls = Class.forName("sun.nio.fs.UnixNativeDispatcher");
                Class<?> path = Class.forName("sun.nio.fs.UnixPath");
                Class<?> fault = Class.forName("sun.nio.fs.UnixException");
                Class<?> constants = Class.forName("sun.nio.fs.UnixConstants");
                Lookup lookup = MethodHandles.privateLookupIn(calls, MethodHandles.lookup());
                int noFollow = (int) lookup.findStaticVarHandle(constants, "O_NOFOLLOW", int.class)
                        .get();
                return Optional.of(new Calls(
                        O_PATH | O_CLOEXEC | noFollow,
                        lookup.findStatic(calls, "open", MethodType.methodType(int.class, path, int.class, int.class)),
                        lookup.findStatic(calls, "close", MethodType.methodType(void.class, int.class)),
                        fault,
                        lookup.findVirtual(fault, "asIOException", MethodType.methodType(IOException.class, path))));
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.warn(
                        "A file in a drop is looked at before it is opened, not while it is held: expected java.base"
                                + " to open sun.nio.fs to segment-drop, found {}; start it with java -jar, or with"
                                + " --add-opens java.base/sun.nio.fs=ALL-UNNAMED.",
                        e.getClass().getSimpleName());
                return Optional.empty();
            }
        }

        int open(Path file) throws IOException {
            try {
                return (int) open.invoke(file, flags, 0);
            } catch (Throwable e) {
                throw fault(e, file);
            }
        }

        void close(int descriptor, Path file) throws IOException {
            try {
                close.invoke(descriptor);
            } catch (Throwable e) {
                throw fault(e, file);
            }
        }

        private IOException fault(Throwable thrown, Path file) {
            try {
                return fault.isInstance(thrown)
                        ? (IOException) words.invoke(thrown, file)
                        : new IOException("the JDK's call failed", thrown);
            } catch (Throwable e) {
                return new IOException("the JDK's call failed", e);
            }
        }
    }

    private final Path file;
    /** What is held; empty if it is only named. */
    private final Optional<Integer> descriptor;

    private Pinned(Path file, Optional<Integer> descriptor) {
        this.file = file;
        this.descriptor = descriptor;
    }

    /** Whether names can be held here. */
    static boolean isPossible() {
        return CALLS.isPresent();
    }

    /** Holds what has this name now, be it a link. */
    static Pinned of(Path file) throws IOException {
        return CALLS.isPresent() ? new Pinned(file, Optional.of(CALLS.get().open(file))) : named(file);
    }

    /** Where nothing can be held. */
    static Pinned named(Path file) {
        return new Pinned(file, Optional.empty());
    }

    Seen look() throws IOException {
        return descriptor.isPresent()
                ? Seen.through(place(descriptor.get()))
                : Seen.of(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    /** To be called for a regular file alone. */
    FileChannel read() throws IOException {
        try {
            return descriptor.isPresent()
                    ? FileChannel.open(place(descriptor.get()), StandardOpenOption.READ)
                    : FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString());
        } catch (FileSystemException e) {
            throw new FileSystemException(file.toString(), null, e.getReason());
        }
    }

    private static Path place(int descriptor) {
        return DESCRIPTORS.resolve(Integer.toString(descriptor));
    }

    @Override
    public void close() throws IOException {
        if (descriptor.isPresent() && CALLS.isPresent()) {
            CALLS.get().close(descriptor.get(), file);
        }
    }
}
