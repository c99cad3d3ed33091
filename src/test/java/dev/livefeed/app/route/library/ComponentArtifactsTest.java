package dev.livefeed.app.route.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.route.library.ComponentArtifacts.Kind;
import java.util.List;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ArtifactModel;
import org.junit.jupiter.api.Test;

class ComponentArtifactsTest {

    private final CamelCatalog catalog = new DefaultCamelCatalog();
    private final ComponentArtifacts artifacts = new ComponentArtifacts();

    @Test
    void theListIsThatOfTheCatalog() {
        assertSame(Kind.COMPONENT, catalog.findComponentNames(), catalog::componentModel);
        assertSame(Kind.DATAFORMAT, catalog.findDataFormatNames(), catalog::dataFormatModel);
        assertSame(Kind.LANGUAGE, catalog.findLanguageNames(), catalog::languageModel);
    }

    private void assertSame(
            Kind kind, List<String> names, java.util.function.Function<String, ? extends ArtifactModel<?>> model) {
        assertThat(artifacts.names(kind)).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(artifacts.of(kind, name))
                    .as(name)
                    .isEqualTo(model.apply(name).getArtifactId());
        }
    }

    @Test
    void aNameMayBeThatOfAComponentADataFormatALanguageOrAnArtifact() {
        assertThat(artifacts.named("cql")).isEqualTo("camel-cassandraql");
        assertThat(artifacts.named("parquetAvro")).isEqualTo("camel-parquet-avro");
        assertThat(artifacts.named("jq")).isEqualTo("camel-jq");
        assertThat(artifacts.named("camel-kafka")).isEqualTo("camel-kafka");
        assertThat(artifacts.named("cassandraql")).isEqualTo("camel-cassandraql");
        assertThat(artifacts.named("kafak")).isNull();
    }
}
