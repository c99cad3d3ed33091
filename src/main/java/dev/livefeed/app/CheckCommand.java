package dev.livefeed.app;

import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.connector.sdk.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code check}: what {@code run} checks before it starts; steps that throw for a sample are faults here. With
 * {@code --connector} a connector is checked instead.
 */
@Command(
        name = "check",
        description = "Check the settings and every route file; exit 0, or 78 with one line for each fault.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @ArgGroup(exclusive = false)
    private ConnectorCheckOptions connector;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (connector != null) {
                return connector.run(spec.commandLine());
            }
            CheckedSettings checked = CheckedSettings.load();
            Logging.errors(); // only now: the first logger reports a bad LOG_LEVEL as well
            Settings settings = checked.warned();
            Application application = new Application(settings);
            List<String> faults = new ArrayList<>(settings.fileFaults());
            faults.addAll(application.routeFaults());
            faults.addAll(application.sampleFaults());
            if (!faults.isEmpty()) {
                throw new SettingsException(faults);
            }
            System.out.println("settings and routes (" + application.routesPlace() + ") are good");
            return 0;
        } catch (SettingsException e) {
            e.faults().forEach(fault -> System.err.println("error: " + fault));
            return ExitCode.CONFIGURATION;
        }
    }
}
