package dev.livefeed.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permissions of files with secrets. */
class SecretFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rw-------, false",
        "r--------, false",
        "rw-r-----, false",
        "rw-r--r--, true",
        "rw--w----, true",
        "rw-----w-, true",
    })
    void otherUsersMayNeitherReadNorWriteIt(String permissions, boolean warned) throws Exception {
        Path file = Files.writeString(folder.resolve("tokens"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        var warning = SecretFile.warning("HTTP_TOKENS_FILE", file, "can see who may sign in");

        assertThat(warning.isPresent()).isEqualTo(warned);
        warning.ifPresent(text -> assertThat(text)
                .isEqualTo("HTTP_TOKENS_FILE: " + file + " has the permissions " + permissions
                        + ", so that other users can see who may sign in; chmod 600 " + file));
    }

    @Test
    void aMissingFileIsNotItsBusiness() {
        assertThat(SecretFile.warning("HTTP_TOKENS_FILE", folder.resolve("none"), "x"))
                .isEmpty();
    }
}
