package dev.livefeed.app.route.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.route.library.ArtifactDownload.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactDownloadTest {

    @TempDir
    private Path folder;

    @Test
    void anotherVersionIsRemovedAndAnotherSystemsLibraryStays() throws IOException {
        for (String name : List.of(
                "epoll-4.1.0.jar",
                "epoll-4.1.0-linux-x86_64.jar",
                "epoll-4.2.0.jar",
                "epoll-4.2.0-linux-aarch_64.jar",
                "epoll-4.2.0-linux-x86_64.jar",
                "epoll-classes-4.1.0.jar",
                "kqueue-4.1.0.jar")) {
            Files.createFile(folder.resolve(name));
        }

        ArtifactDownload.removeOtherVersions(
                folder,
                "epoll",
                Set.of("epoll-4.2.0.jar", "epoll-4.2.0-linux-aarch_64.jar", "epoll-4.2.0-linux-x86_64.jar"));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "epoll-4.2.0.jar",
                            "epoll-4.2.0-linux-aarch_64.jar",
                            "epoll-4.2.0-linux-x86_64.jar",
                            "epoll-classes-4.1.0.jar",
                            "kqueue-4.1.0.jar");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsInterruptedLeavesNothingThatIsUsedAndIsCompletedByTheNextAttempt() throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path lib = Files.createDirectory(folder.resolve("lib"));
        Files.writeString(lib.resolve("client-1.0.jar"), "old");
        Path client = Files.writeString(repository.resolve("client-2.0.jar"), "client");
        Path needed = repository.resolve("needed-3.0.jar");
        Path further = Files.writeString(repository.resolve("further-1.1.jar"), "further");
        List<Library> libraries =
                List.of(new Library("client", client), new Library("needed", needed), new Library("further", further));

        assertThatThrownBy(() -> ArtifactDownload.install(lib, libraries)).isInstanceOf(IOException.class);
        assertThat(names(lib)).containsExactly("client-1.0.jar");

        Files.writeString(needed, "needed");
        assertThat(ArtifactDownload.install(lib, libraries))
                .as("what is asked for is the last that can be used")
                .containsExactly(
                        lib.resolve("further-1.1.jar"), lib.resolve("needed-3.0.jar"), lib.resolve("client-2.0.jar"));
        assertThat(names(lib)).containsExactly("client-2.0.jar", "further-1.1.jar", "needed-3.0.jar");
        assertThat(ArtifactDownload.install(lib, libraries)).isEmpty();
    }

    @Test
    void aDamagedFileIsReplacedAndAnOldVersionThatWasLeftIsRemoved() throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path client = Files.writeString(repository.resolve("client-2.0.jar"), "client");
        Path lib = Files.createDirectory(folder.resolve("lib"));
        Files.writeString(lib.resolve("client-2.0.jar"), "cli");
        Files.writeString(lib.resolve("client-1.0.jar"), "old");

        assertThat(ArtifactDownload.install(lib, List.of(new Library("client", client))))
                .containsExactly(lib.resolve("client-2.0.jar"));
        assertThat(lib.resolve("client-2.0.jar")).hasContent("client");
        assertThat(names(lib)).containsExactly("client-2.0.jar");
    }
}
