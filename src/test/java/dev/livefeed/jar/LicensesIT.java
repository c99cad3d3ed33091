package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The packed jar contains its own licence and those of its bundled libraries. */
class LicensesIT {

    /** The names under which libraries list a licence, and the file of its text. */
    private static final Map<Pattern, String> TEXTS = Map.of(
            Pattern.compile("^ +(\\([^)]+\\) )*\\([^)]*Apache[^)]* ?2\\.0\\)|^ +\\(Apache-2\\.0\\)"), "Apache-2.0",
            Pattern.compile("^ +\\(EDL 1\\.0\\)|^ +\\(Eclipse Distribution License - v 1\\.0\\)"), "EDL-1.0",
            Pattern.compile("^ +\\((Eclipse Public License, Version 2\\.0|EPL-2\\.0)\\)"), "EPL-2.0",
            Pattern.compile("\\((GNU Lesser General Public License|LGPL-2\\.1-only)\\) Logback"), "LGPL-2.1",
            Pattern.compile("^ +\\(Public Domain, per Creative Commons CC0\\)"), "CC0-1.0");

    private static final Map<String, String> HEADINGS = Map.of(
            "Apache-2.0", "Apache License\\s+Version 2.0",
            "EDL-1.0", "Redistribution and use in source and binary forms",
            "EPL-2.0", "(?i)Eclipse Public License - v ?2.0",
            "LGPL-2.1", "GNU LESSER GENERAL PUBLIC LICENSE\\s+Version 2.1",
            "CC0-1.0", "CC0 1.0 Universal");

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

    /** Of a library with alternatives, one is enough. */
    @Test
    void everyListedLibraryHasTheTextOfItsLicence() throws IOException {
        List<String> names = names();
        List<String> without = new ArrayList<>();
        for (String row : read("META-INF/THIRD-PARTY.txt")
                .lines()
                .filter(l -> l.startsWith("     ("))
                .toList()) {
            String library = row.replaceFirst(".*\\([^:() ]+:([^:() ]+):[^()]* - .*", "$1");
            boolean own = names.stream()
                    .anyMatch(name ->
                            name.startsWith("META-INF/licenses/" + library + "-jar/") && name.contains("LICENSE"));
            boolean byName = TEXTS.entrySet().stream()
                    .anyMatch(text -> text.getKey().matcher(row).find()
                            && names.contains("META-INF/licenses/by-name/" + text.getValue() + ".txt"));
            if (!own && !byName) {
                without.add(row.strip());
            }
        }
        assertThat(without).isEmpty();
        for (Map.Entry<Pattern, String> text : TEXTS.entrySet()) {
            assertThat(read("META-INF/licenses/by-name/" + text.getValue() + ".txt"))
                    .containsPattern(HEADINGS.get(text.getValue()));
        }
        assertThat(read("META-INF/licenses/asm-jar/LICENSE.txt")).contains("INRIA", "Redistribution and use");
    }

    @Test
    void filesOfLibrariesAreInTheirOwnFolders() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.matches("META-INF/[^/]*(LICENSE|NOTICE|DEPENDENCIES)[^/]*"))
                .containsExactlyInAnyOrder("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void everyLibraryIsListedWithALicence() throws IOException {
        List<String> rows = read("META-INF/THIRD-PARTY.txt")
                .lines()
                .filter(l -> l.startsWith("     ("))
                .toList();

        assertThat(rows).hasSizeGreaterThan(80).noneMatch(row -> row.contains("Unknown license"));
        for (String library :
                List.of("camel-core", "netty-codec-http", "logback-classic", "picocli", "vertx-core", "swagger-ui")) {
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
