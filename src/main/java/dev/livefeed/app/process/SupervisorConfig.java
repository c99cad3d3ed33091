package dev.livefeed.app.process;

import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.settings.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Configuration of the supervisor.
 *
 * @param maxLine maximum length of a line in bytes
 * @param stableAfter time of delivering data after which a failure starts a new round of retries
 * @param exitZeroFinishes whether exit status 0 after data means that the feed has ended
 * @param configFile configuration file of the connector, watched for changes after it was rejected; or null
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
     * @param venue of its events, or null
     * @param environment all the process gets of it, made for each start
     */
    public record Launch(String name, String venue, Path workingDirectory, Supplier<Map<String, String>> environment) {

        public Launch(String name, Path workingDirectory, Map<String, String> environment) {
            this(name, null, workingDirectory, () -> environment);
        }
    }

    /**
     * How a process is stopped.
     *
     * @param term from the stop command to SIGTERM
     * @param kill from SIGTERM to SIGKILL
     */
    public record StopWaits(Duration term, Duration kill) {}
}
