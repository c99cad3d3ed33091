package dev.livefeed.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure of a file says what has happened, not only where. */
class FileFailureTest {

    @TempDir
    private Path folder;

    private interface Use {

        void of(Path file) throws IOException;
    }

    private static String text(Use use, Path file) {
        try {
            use.of(file);
            throw new AssertionError(file);
        } catch (IOException e) {
            return FileFailure.text(e);
        }
    }

    @Test
    void theKindIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        assertThat(text(Files::readString, missing)).isEqualTo("there is no " + missing);
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(text(Files::createDirectories, file)).isEqualTo(file + " is in the way");
        assertThat(text(Files::createDirectories, file.resolve("below"))).isEqualTo(file + "/below: Not a directory");
        assertThat(FileFailure.text(new AccessDeniedException("/x"))).isEqualTo("no permission for /x");
        assertThat(FileFailure.text(new NotDirectoryException("/x"))).isEqualTo("NotDirectoryException: /x");
        assertThat(FileFailure.text(new NoSuchFileException("/x", null, "it has gone")))
                .isEqualTo("/x: it has gone");
        assertThat(FileFailure.text(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("/x: No space left on device");
        assertThat(FileFailure.text(new FileNotFoundException("/x (Permission denied)")))
                .isEqualTo("/x (Permission denied)");
        assertThat(FileFailure.text(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
