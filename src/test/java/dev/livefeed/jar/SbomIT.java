package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The bill of materials of the packed jar, which a build without a network leaves out. The few files of the dashboard's
 * libraries come from npm; they are in THIRD-PARTY.txt alone.
 */
class SbomIT {

    private static final Pattern LISTED = Pattern.compile("\\((?!npm:)([^:() ]+):([^:() ]+):([^:() ]+) - ");

    @Test
    void namesExactlyTheBundledLibrariesWithLicenceAndChecksum() throws Exception {
        List<String> listed = new ArrayList<>();
        List<String> components = new ArrayList<>();
        try (ZipFile jar = new ZipFile(Jar.FILE.toFile())) {
            ZipEntry entry = jar.getEntry("META-INF/sbom/bom.json");
            assumeThat(entry).as("built with a network").isNotNull();
            try (InputStream in = jar.getInputStream(entry)) {
                JsonNode bom = new ObjectMapper().readTree(in);
                assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
                assertThat(bom.at("/metadata/component/name").asText()).isEqualTo("bybit-live-connector");
                assertThat(bom.at("/metadata/timestamp").isMissingNode())
                        .as("the same for each build of the same sources")
                        .isTrue();
                for (JsonNode component : bom.path("components")) {
                    components.add(component.path("group").asText()
                            + ':'
                            + component.path("name").asText()
                            + ':'
                            + component.path("version").asText());
                    assertThat(component.path("licenses")).as("%s", component).isNotEmpty();
                    assertThat(component.path("hashes")).as("%s", component).isNotEmpty();
                }
            }
            String rows = new String(
                    jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY.txt")).readAllBytes(),
                    StandardCharsets.UTF_8);
            Matcher row = LISTED.matcher(rows);
            while (row.find()) {
                listed.add(row.group(1) + ':' + row.group(2) + ':' + row.group(3));
            }
        }
        assertThat(components).hasSizeGreaterThan(100).containsExactlyInAnyOrderElementsOf(listed);
    }
}
