package dev.livefeed.app.route.shipped;

import dev.livefeed.app.route.outcome.RouteCounts;
import dev.livefeed.app.route.sink.BufferComponent;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.SinkBuffers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;

/** Runs some of the shipped route files in a separate Camel Main, without the rest of the application. */
abstract class ShippedRoutesTestSupport extends CamelMainTestSupport {

    private final String include;

    /** @param files names in {@code routes/}, without {@code .camel.yaml} */
    ShippedRoutesTestSupport(String... files) {
        this(Path.of("routes"), files);
    }

    /** @param files names in the folder, without {@code .camel.yaml} */
    ShippedRoutesTestSupport(Path folder, String... files) {
        include = Arrays.stream(files)
                .map(file -> "file:" + folder.resolve(file + ".camel.yaml"))
                .collect(Collectors.joining(","));
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.setRoutesIncludePattern(include);
        configuration.setAutoConfigurationEnabled(false);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                SinkBuffers none = new SinkBuffers(Path.of("unused"), DiskLimits.ofMegabytes(1, 0));
                camel.addRoutePolicyFactory(new RouteCounts());
                camel.getRegistry().bind(BufferComponent.NAME, new BufferComponent(none, Set.of()));
            }
        });
    }

    /** The packed defaults would open the HTTP port. */
    @Override
    protected String getPropertyPlaceholderLocations() {
        return "classpath:no-such.properties;optional=true";
    }
}
