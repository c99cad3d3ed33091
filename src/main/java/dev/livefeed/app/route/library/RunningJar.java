package dev.livefeed.app.route.library;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The jar that runs. */
public final class RunningJar {

    private RunningJar() {}

    /** Its path, or null where classes run from a folder. */
    public static Path path() {
        try {
            Path place = Path.of(RunningJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return place.toString().endsWith(".jar") ? place : null;
        } catch (URISyntaxException | RuntimeException e) {
            return null;
        }
    }
}
