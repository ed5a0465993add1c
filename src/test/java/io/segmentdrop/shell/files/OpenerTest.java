package io.segmentdrop.shell.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segmentdrop.testkit.NeedsProgram;
import io.segmentdrop.testkit.NoFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever has the name, nothing blocks and nothing but a regular file is opened. */
@NeedsProgram(NoFile.MKFIFO)
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class OpenerTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void fill() throws IOException {
        file = Files.writeString(folder.resolve("vips.csv"), "email\n");
    }

    @Test
    void names_can_be_held_where_the_tests_run() {
        assertThat(Pinned.isPossible()).isTrue();
    }

    @Test
    void a_regular_file_is_read_whole() throws IOException {
        try (InputStream in = Opener.stream(file)) {
            assertThat(in.available()).isEqualTo(6);
            assertThat((char) in.read()).isEqualTo('e');
            assertThat(in.skip(1)).isEqualTo(1);
            assertThat(in.readAllBytes()).isEqualTo("ail\n".getBytes(UTF_8));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_else_is_opened(NoFile kind) {
        kind.at(file);
        assertThatThrownBy(() -> Opener.file(file).close())
                .isInstanceOf(Opener.NoRegularFile.class)
                .hasMessage(file + ": expected a regular file, found something else");
        assertThatThrownBy(() -> Opener.open(file, Pinned.named(file)).close())
                .as("also where it cannot be held")
                .isInstanceOf(Opener.NoRegularFile.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero", "/dev/tty"})
    void no_device_is_opened(Path device) {
        assertThatThrownBy(() -> Opener.file(device).close()).isInstanceOf(Opener.NoRegularFile.class);
    }

    @Test
    void what_is_missing_is_said_to_be_so() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Opener.file(missing).close())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
        assertThatThrownBy(() -> Opener.open(missing, Pinned.named(missing)).close())
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Opener.file(file.resolve("below")).close()).isInstanceOf(IOException.class);
    }

    /** The race that a check before an open loses. */
    @ParameterizedTest
    @EnumSource
    void what_was_looked_at_is_opened_whatever_has_its_name_by_then(NoFile kind) throws IOException {
        try (Pinned held = Pinned.of(file)) {
            kind.at(file);
            try (Opener.Opened opened = Opener.open(file, held)) {
                assertThat(opened.stream().readAllBytes()).isEqualTo("email\n".getBytes(UTF_8));
            }
        }
    }

    @Test
    void what_grows_is_read_to_the_end_that_it_had() throws IOException {
        try (InputStream in = Opener.stream(file);
                FileChannel more = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            more.write(UTF_8.encode("a@example.com\n"));
            assertThat(in.readAllBytes()).isEqualTo("email\n".getBytes(UTF_8));
        }
    }

    @Test
    void nothing_stays_open() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        long before = count(descriptors);
        for (int i = 0; i < 100; i++) {
            Opener.file(file).close();
            assertThatThrownBy(() -> Opener.file(folder).close()).isInstanceOf(Opener.NoRegularFile.class);
        }
        assertThat(count(descriptors)).isLessThan(before + 50);
    }

    private static long count(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.count();
        }
    }

    @Test
    void a_folder_opens_as_a_folder_or_not_at_all() throws IOException {
        Path pipe = folder.resolve("pipe");
        NoFile.PIPE.at(pipe);
        assertThatThrownBy(() -> new Disk().forceFolder(pipe)).hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> new Disk().forceFolder(file)).hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> new DropFolder(pipe, new Disk()).list()).isInstanceOf(IOException.class);
        new Disk().forceFolder(folder);
    }
}
