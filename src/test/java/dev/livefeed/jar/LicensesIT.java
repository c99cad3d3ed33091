package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The packed jar contains its own licence and those of its bundled libraries. */
class LicensesIT {

    @Test
    void ownLicenceAndNoticeAreThoseOfTheProject() throws IOException {
        for (String name : List.of("LICENSE", "NOTICE")) {
            assertThat(read("META-INF/" + name)).isEqualTo(Files.readString(Path.of(name)));
        }
    }

    @Test
    void librariesKeepTheirLicenceFiles() throws IOException {
        for (String library : List.of("camel-api", "jackson-databind", "micrometer-core")) {
            assertThat(names())
                    .as("licence of %s", library)
                    .anyMatch(name ->
                            name.startsWith("META-INF/licenses/" + library + "-jar/") && name.contains("LICENSE"));
        }
    }

    @Test
    void everyLibraryIsListedWithALicence() throws IOException {
        List<String> rows = read("META-INF/THIRD-PARTY.txt")
                .lines()
                .filter(l -> l.startsWith("     ("))
                .toList();

        assertThat(rows).hasSizeGreaterThan(80).noneMatch(row -> row.contains("Unknown license"));
        for (String library : List.of("camel-core", "netty-codec-http", "logback-classic", "picocli", "vertx-core")) {
            assertThat(rows).anyMatch(row -> row.contains(":" + library + ":"));
        }
    }

    private static List<String> names() throws IOException {
        try (ZipFile jar = new ZipFile(Jar.FILE.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String read(String name) throws IOException {
        try (ZipFile jar = new ZipFile(Jar.FILE.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            assertThat(entry).as(name).isNotNull();
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
