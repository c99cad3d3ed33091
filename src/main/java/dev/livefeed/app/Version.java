package dev.livefeed.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.camel.CamelContext;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, from the manifest of its jar, and that of Camel. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"bybit-live-connector " + text()};
    }

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packed)" : version;
    }

    /** The version of Camel. */
    static String camel() {
        Properties artifact = new Properties();
        try (InputStream in =
                CamelContext.class.getResourceAsStream("/META-INF/maven/org.apache.camel/camel-api/pom.properties")) {
            artifact.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return artifact.getProperty("version");
    }
}
