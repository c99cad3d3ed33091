package dev.livefeed.connector;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.connector.sdk.settings.SettingsReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code connector NAME}: this process becomes that connector until it stops. */
@Command(
        name = "connector",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        description = "Runs one connector: events go to standard output, commands come from standard input.")
public final class ConnectorSubcommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "binance, bybit, replay or stub")
    private String name;

    @Option(
            names = "--check",
            description = "Check its settings and run nothing; exit 0, or 78 with one line for each fault.")
    private boolean check;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Connectors.names().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no connector is called \"" + name + "\"; known are " + String.join(", ", Connectors.names()));
        }
        return check ? check() : ConnectorMain.run(name, System.getenv());
    }

    private int check() {
        SettingsReport report = Connectors.check(name, System.getenv(), Path.of(""));
        List<String> faults = new ArrayList<>(report.faults());
        faults.addAll(report.fileFaults());
        if (report == SettingsReport.NONE) {
            try {
                Connectors.create(name, System.getenv());
            } catch (ConfigurationException e) {
                e.getMessage().lines().forEach(faults::add);
            }
        }
        report.warnings().forEach(warning -> System.err.println("warning: " + warning));
        faults.forEach(fault -> System.err.println("error: " + fault));
        if (!faults.isEmpty()) {
            return ExitCode.CONFIGURATION;
        }
        System.out.println("settings of the connector " + name + " are good");
        return ExitCode.OK;
    }
}
