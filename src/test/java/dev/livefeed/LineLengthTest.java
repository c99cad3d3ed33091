package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines have at most 120 characters; the formatter does not break comments and texts. */
class LineLengthTest {

    private static final int LONGEST = 120;

    @Test
    void noLineIsLongerThanItMayBe() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (String place : List.of(
                "src/main",
                "src/test",
                "routes",
                "bin",
                "soak/src",
                "sinks/src",
                "bench/src",
                "application.properties")) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                for (Path file : files.filter(LineLengthTest::isSource).toList()) {
                    List<String> lines = Files.readAllLines(file);
                    for (int i = 0; i < lines.size(); i++) {
                        if (lines.get(i).length() > LONGEST) {
                            tooLong.add(file + ":" + (i + 1));
                        }
                    }
                }
            }
        }

        assertThat(tooLong).isEmpty();
    }

    /**
     * The longest line of a kind of files is the same in the editor and in this test; tables of Markdown are longer.
     */
    @Test
    void editorsUseTheSameLimit() throws IOException {
        assertThat(Files.readString(Path.of(".editorconfig")))
                .contains("[*]\n", "max_line_length = " + LONGEST + "\n")
                .containsPattern("(?m)^\\[\\*\\.md\\]\n(.+\n)*max_line_length = off$");
    }

    private static boolean isSource(Path file) {
        return Files.isRegularFile(file)
                && !file.startsWith("src/main/web/lib") // copied
                && !file.startsWith("src/test/resources/earlier-routes") // as users have them
                && (file.startsWith("bin") || file.toString().matches(".*\\.(java|yaml|properties|sh|js|css|html)"));
    }
}
