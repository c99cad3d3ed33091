package dev.livefeed.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder is locked once, whoever asks for it. */
class FolderLockTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderIsLockedUntilTheLockIsClosed() throws IOException {
        FolderLock first = FolderLock.of(folder);
        assertThat(FolderLock.of(folder)).isNull();
        first.close();
        try (FolderLock second = FolderLock.of(folder)) {
            assertThat(second).isNotNull();
        }
    }

    /** Linux releases a lock when the process closes any channel of the file. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anAttemptOfTheSameProcessDoesNotReleaseIt() throws IOException {
        try (FolderLock first = FolderLock.of(folder)) {
            String entry = ":" + Files.getAttribute(folder.resolve("lock"), "unix:ino") + " ";
            assertThat(Files.readString(Path.of("/proc/locks"))).contains(entry);
            assertThat(FolderLock.of(folder)).isNull();
            assertThat(Files.readString(Path.of("/proc/locks"))).contains(entry);
            assertThat(first.holds()).isTrue();
        }
    }

    @Test
    void aLockFileThatWasReplacedIsLockedAgain() throws IOException {
        FolderLock first = FolderLock.of(folder);
        Files.delete(folder.resolve("lock"));
        assertThat(first.holds()).isFalse();
        try (FolderLock again = FolderLock.of(folder)) {
            assertThat(again).isNotNull();
            first.close();
            assertThat(FolderLock.of(folder)).isNull();
        }
    }
}
