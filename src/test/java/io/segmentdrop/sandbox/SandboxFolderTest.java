package io.segmentdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFolderTest {

    @TempDir
    private Path temporary;

    @Test
    void empties_only_what_it_made() throws IOException {
        Path folder = temporary.resolve("a/sandbox");
        try (SandboxFolder made = SandboxFolder.emptied(folder)) {
            Files.writeString(made.make("home/work").resolve("source.csv"), "email\n");
        }

        SandboxFolder.emptied(folder).close();

        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith(SandboxFolder.MARKER));
    }

    @Test
    void takes_an_empty_folder() throws IOException {
        SandboxFolder.emptied(temporary).close();

        assertThat(temporary.resolve(SandboxFolder.MARKER)).isRegularFile();
    }

    @Test
    void leaves_a_folder_of_somebody_else_alone() throws IOException {
        Path precious = Files.writeString(temporary.resolve("precious.csv"), "email\n");

        assertThatThrownBy(() -> SandboxFolder.emptied(temporary))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected " + temporary + " to be missing, empty or a sandbox's own folder (with"
                        + " .segment-drop-sandbox in it), since the sandbox empties it, found other files;"
                        + " name another folder with sandbox.folder");
        assertThat(precious).exists();
    }

    @Test
    void follows_no_link() throws IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));
        Path precious = Files.writeString(other.resolve("precious.csv"), "email\n");
        Path folder = temporary.resolve("sandbox");
        SandboxFolder.emptied(folder).close();
        Files.createSymbolicLink(folder.resolve("link"), other);

        SandboxFolder.emptied(folder).close();
        assertThat(folder.resolve("link")).doesNotExist();
        assertThat(precious).exists();

        Path link = Files.createSymbolicLink(temporary.resolve("linked"), folder);
        assertThatThrownBy(() -> SandboxFolder.emptied(link)).hasMessageContaining("found no folder");
    }
}
