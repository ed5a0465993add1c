package io.segmentdrop.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What one hostile drop, or somebody without an account, does again and again as fast as it can. */
enum Attack {
    /** Nothing: the value that the others are compared with. */
    NONE {
        @Override
        void once(Path drop, URI server, long n) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    },
    /** A CSV that becomes a pipe between the look and the take. */
    PIPES {
        @Override
        void once(Path drop, URI server, long n) throws IOException, InterruptedException {
            Path csv = drop.resolve("pipe-" + n + ".csv");
            Files.writeString(csv, "email\n");
            Files.writeString(drop.resolve("pipe-" + n + ".csv.json"), "{\"segment\": 1, \"clear\": false}");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(450 + 20 * (n % 10)));
            Path pipe = pipe(drop.resolve(".pipe-" + n));
            Files.move(pipe, csv, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    },
    /** {@code receipts} is a folder, then a pipe, then a folder. */
    RECEIPTS {
        @Override
        void once(Path drop, URI server, long n) throws IOException, InterruptedException {
            Path receipts = drop.resolve("receipts");
            Path aside = drop.resolve(".receipts-" + n);
            small(drop, "told-" + n);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            if (Files.exists(receipts, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(receipts, aside);
            }
            pipe(receipts);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            Files.deleteIfExists(receipts);
            Files.createDirectories(receipts);
        }
    },
    /** A file of holes that is touched again and again while its proof is worked out. */
    HOLES {
        @Override
        void once(Path drop, URI server, long n) throws IOException {
            Path csv = drop.resolve("holes-" + n % 4 + ".csv");
            long size = 4L << 30;
            try (RandomAccessFile file = new RandomAccessFile(csv.toFile(), "rw")) {
                file.setLength(size);
                file.seek(n % 1000);
                file.write('x');
            }
            String json = "{\"segment\": 1, \"clear\": false, \"bytes\": " + size + ", \"sha256\": \"" + "0".repeat(64)
                    + "\"}";
            Files.writeString(drop.resolve(csv.getFileName() + ".json"), json);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    },
    /** More names than a folder is looked at for. */
    NAMES {
        @Override
        void once(Path drop, URI server, long n) throws IOException {
            if (n % 1_000_000 < 50_000) {
                Files.createFile(drop.resolve("name-" + n + ".csv"));
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    },
    /** Pages, without a sign-in. */
    ANONYMOUS {
        @Override
        void once(Path drop, URI server, long n) throws IOException {
            ask(
                    server,
                    "GET /imports?page=" + n
                            + " HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        }
    },
    /** Bodies that never come to an end. */
    SLOW_BODIES {
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        @Override
        void once(Path drop, URI server, long n) throws IOException {
            if (n % 1_000_000 < 100) {
                Socket socket = new Socket();
                socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                socket.getOutputStream()
                        .write(("POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\nContent-Type:"
                                        + " application/x-www-form-urlencoded\r\n\r\nu")
                                .getBytes(StandardCharsets.US_ASCII));
                open.add(socket);
            } else {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    },
    /** Passwords that are wrong. */
    GUESSES {
        @Override
        void once(Path drop, URI server, long n) throws IOException {
            String basic = Base64.getEncoder().encodeToString(("ops:guess-" + n).getBytes(StandardCharsets.US_ASCII));
            ask(
                    server,
                    "GET /api/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + basic
                            + "\r\nConnection: close\r\n\r\n");
        }
    };

    /** One round of it; the number counts from 0. */
    abstract void once(Path drop, URI server, long n) throws IOException, InterruptedException;

    /** Goes on until the thread is interrupted, counting from {@code first}; what fails, fails for the attacker alone. */
    Callable<Long> on(Path drop, URI server, long first) {
        return () -> {
            long n = first;
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    once(drop, server, n++);
                } catch (IOException e) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                } catch (InterruptedException e) {
                    return n;
                }
            }
            return n;
        };
    }

    private static Path pipe(Path path) throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        return path;
    }

    private static void small(Path drop, String name) throws IOException {
        Files.writeString(drop.resolve(name + ".csv"), "email\n" + name + "@example.com\n");
        Files.writeString(drop.resolve(name + ".csv.json"), "{\"segment\": 1, \"clear\": false}");
    }

    private static void ask(URI server, String request) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
