package dev.livefeed.app.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    @TempDir
    Path folder;

    private Path path;
    private StateFile file;
    private JsonNode content;

    @BeforeEach
    void prepare() throws IOException {
        path = folder.resolve("deep/er/state.json");
        file = new StateFile(path, "numbers", 3);
        content =
                new ObjectMapper().readTree("{\"a\":[1,-9223372036854775808,true,null,\"0.10\"],\"b\":{\"c\":\"ü\"}}");
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        assertThat(file.read()).isNull();

        file.write(content);
        file.write(content);

        assertThat(file.read()).isEqualTo(content);
        try (var files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void interruptedWriteKeepsTheOldFile() throws Exception {
        file.write(content);
        Files.writeString(path.resolveSibling("state.json.tmp"), "{\"kind\":\"numb");

        assertThat(file.read()).isEqualTo(content);
    }

    @Test
    void everyTruncationIsDetected() throws Exception {
        file.write(content);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(file::read).isInstanceOf(DamagedStateException.class);
        }
    }

    @Test
    void everyChangedDigitIsDetected() throws Exception {
        file.write(content);
        String whole = Files.readString(path);
        for (int i = whole.indexOf("content"); i < whole.length(); i++) {
            if (Character.isDigit(whole.charAt(i))) {
                char other = whole.charAt(i) == '7' ? '8' : '7';
                Files.writeString(path, whole.substring(0, i) + other + whole.substring(i + 1));
                assertThatThrownBy(file::read)
                        .isInstanceOf(DamagedStateException.class)
                        .hasMessage("its checksum is wrong");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "7", "{}", "{\"kind\":\"numbers\"}", "\u0000\u0001", "<html>"})
    void invalidContentIsRefused(String text) throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);

        assertThatThrownBy(file::read).isInstanceOf(DamagedStateException.class);
    }

    @Test
    void otherVersionsAndKindsAreRefused() throws Exception {
        new StateFile(path, "numbers", 4).write(content);
        assertThatThrownBy(file::read)
                .isInstanceOf(DamagedStateException.class)
                .hasMessage("it has version 4, but version 3 is required");

        new StateFile(path, "letters", 3).write(content);
        assertThatThrownBy(file::read)
                .isInstanceOf(DamagedStateException.class)
                .hasMessage("it is not of kind numbers");
    }

    @Test
    void damagedFilesGetDistinctNames() throws Exception {
        for (int i = 1; i <= 3; i++) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, "damage " + i);
            Path aside = file.setAside();
            assertThat(aside).hasContent("damage " + i).isEqualTo(path.resolveSibling("state.json.damaged-" + i));
        }
        assertThat(path).doesNotExist();
    }
}
