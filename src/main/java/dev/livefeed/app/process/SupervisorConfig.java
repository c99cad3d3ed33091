package dev.livefeed.app.process;

import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.settings.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the supervisor treats a connector process.
 *
 * @param maxLine longest line in bytes
 * @param stableAfter delivering for so long, a process has earned a fresh round
 * @param exitZeroFinishes whether status 0 after data means that the feed has ended
 * @param configFile looked at for changes while the connector calls its configuration unusable, or null
 */
public record SupervisorConfig(
        Launch launch,
        int maxLine,
        Duration stableAfter,
        boolean exitZeroFinishes,
        StopWaits stop,
        Path configFile,
        Watchdog watchdog,
        Secrets secrets) {

    /**
     * How a process is started.
     *
     * @param name shown in health: which data source this is
     * @param environment all the process gets of it
     */
    public record Launch(String name, Path workingDirectory, Map<String, String> environment) {}

    /**
     * How a process is stopped.
     *
     * @param term from the stop command to SIGTERM
     * @param kill from SIGTERM to SIGKILL
     */
    public record StopWaits(Duration term, Duration kill) {}
}
