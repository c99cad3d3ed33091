package dev.livefeed.app.route.library;

import static org.assertj.core.api.Assertions.assertThat;

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
}
