package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The libraries of the dashboard are the unchanged files of npm, and their licences are in the jar. */
class WebLibrariesTest {

    private static final Path FOLDER = Path.of("src/main/web/lib");

    private record Library(String file, String name, String version, String licence, String sha256) {

        static Library of(String row) {
            String[] fields = row.split(" ");
            return new Library(fields[0], fields[1], fields[2], fields[3], fields[5]);
        }
    }

    @Test
    void everyFileIsListedWithItsChecksum() throws Exception {
        List<Library> libraries = libraries();

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".js")))
                    .containsExactlyInAnyOrderElementsOf(
                            libraries.stream().map(Library::file).toList());
        }
        for (Library library : libraries) {
            byte[] content = Files.readAllBytes(FOLDER.resolve(library.file()));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(HexFormat.of().formatHex(digest)).as(library.file()).isEqualTo(library.sha256());
        }
    }

    @Test
    void everyLibraryIsAmongTheThirdPartyLicences() throws IOException {
        String listed = Files.readString(Path.of("src/main/licenses/third-party.ftl"));
        String tools = Files.readString(Path.of("src/test/web/package.json"));

        for (Library library : libraries()) {
            assertThat(listed)
                    .containsPattern("\\(" + library.licence() + "\\) .*\\(npm:" + library.name() + ":"
                            + library.version() + " - ");
            assertThat(tools).contains("\"" + library.name() + "\": \"" + library.version() + "\"");
            assertThat(Path.of("src/main/resources/META-INF/licenses", library.name() + "-jar", "LICENSE.txt"))
                    .isNotEmptyFile();
        }
    }

    private static List<Library> libraries() throws IOException {
        try (Stream<String> rows = Files.lines(FOLDER.resolve("libraries.txt"))) {
            return rows.filter(row -> !row.startsWith("#")).map(Library::of).toList();
        }
    }
}
