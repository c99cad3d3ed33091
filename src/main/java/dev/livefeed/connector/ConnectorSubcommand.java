package dev.livefeed.connector;

import dev.livefeed.connector.sdk.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    @Parameters(paramLabel = "NAME", description = "bybit, replay or stub")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Connectors.names().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no connector is called \"" + name + "\"; known are " + String.join(", ", Connectors.names()));
        }
        return ConnectorMain.run(name, System.getenv());
    }
}
