package dev.livefeed.app;

import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.connector.sdk.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code run}: checks the settings and the routes, then runs until it is told to stop. */
@Command(name = "run", description = "Run the application (the default command).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        try {
            CheckedSettings checked = CheckedSettings.load();
            Logging.use(checked.settings());
            Settings settings = checked.warned();
            Application application = new Application(settings);
            List<String> faults = application.startFaults();
            if (!faults.isEmpty()) {
                throw new SettingsException(faults);
            }
            application.sampleFaults().forEach(fault -> log().warn("route_sample_failed {}", fault));
            if (!application.portFree()) {
                System.err.println("error: " + settings.httpAddress()
                        + " cannot be bound (HTTP_HOST, HTTP_PORT): in use, or no address of this "
                        + "machine; choose another");
                return ExitCode.UNAVAILABLE;
            }
            return application.run();
        } catch (SettingsException e) {
            e.faults().forEach(fault -> System.err.println("error: " + fault));
            return ExitCode.CONFIGURATION;
        } catch (StartException e) {
            log().debug("start_failed", e);
            System.err.println("error: " + e.getMessage());
            return e.status();
        }
    }

    /** Only once the settings are good: the first logger reports a bad LOG_LEVEL as well. */
    private static Logger log() {
        return LoggerFactory.getLogger(RunCommand.class);
    }
}
