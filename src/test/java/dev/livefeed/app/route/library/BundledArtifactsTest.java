package dev.livefeed.app.route.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BundledArtifactsTest {

    @Test
    void namesAreThoseOfTheListOfLicences() {
        String list =
                """

                Lists of 2 third-party dependencies.
                     (EDL 1.0) Angus (Activation) Registries (org.eclipse.angus:angus-activation:2.0.3 - https://x/y)
                     (Apache-2.0) (MIT) Camel :: API (org.apache.camel:camel-api:4.17.0 - no url defined)
                """;

        assertThat(BundledArtifacts.names(list))
                .containsExactlyInAnyOrder("org.eclipse.angus:angus-activation", "org.apache.camel:camel-api");
        assertThat(BundledArtifacts.versions(list))
                .containsExactlyInAnyOrderEntriesOf(Map.of("angus-activation", "2.0.3", "camel-api", "4.17.0"));
    }
}
