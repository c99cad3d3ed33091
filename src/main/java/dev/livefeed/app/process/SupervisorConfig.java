package dev.livefeed.app.process;

import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.settings.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Configuration of the supervisor.
 *
 * @param name name of the data source, shown in health
 * @param environment complete environment of the process
 * @param maxLine maximum length of a line in bytes
 * @param stableAfter time of delivering data after which a failure starts a new round of retries
 * @param exitZeroFinishes whether exit status 0 after data means that the feed has ended
 * @param stopWait time from the stop command to SIGTERM
 * @param killWait time from SIGTERM to SIGKILL
 * @param configFile configuration file of the connector, watched for changes after it was rejected; or null
 */
public record SupervisorConfig(
        String name,
        Path workingDirectory,
        Map<String, String> environment,
        int maxLine,
        Duration stableAfter,
        boolean exitZeroFinishes,
        Duration stopWait,
        Duration killWait,
        Path configFile,
        Watchdog watchdog,
        Secrets secrets) {}
