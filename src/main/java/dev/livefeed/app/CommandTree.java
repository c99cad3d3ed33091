package dev.livefeed.app;

import dev.livefeed.connector.ConnectorSubcommand;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.exchange.ExchangeCommand;
import dev.livefeed.terminal.TailCommand;
import dev.livefeed.terminal.top.TopCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands of the jar; without one it is {@code run}. */
@Command(
        name = "bybit-live-connector",
        description = "A live market-data connector: a supervised connector process behind routes in YAML.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ConnectorSubcommand.class,
            ExchangeCommand.class,
            CheckCommand.class,
            AddCommand.class,
            TokenCommand.class,
            TailCommand.class,
            TopCommand.class
        },
        footer = {
            "",
            "Settings are environment variables and application.properties; see doc/SETTINGS.md.",
            "Exit status: 0 done, 64 usage, 69 an HTTP port cannot be bound or a repository not reached,",
            "78 configuration."
        })
final class CommandTree implements Runnable {

    @Spec
    private CommandSpec spec;

    private CommandTree() {}

    /** Runs the command that the first argument names; returns the exit status. */
    static int run(String[] args) {
        CommandLine commandLine = new CommandLine(new CommandTree());
        for (CommandLine command : commandLine.getSubcommands().values()) {
            command.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
        }
        commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
        commandLine.setParameterExceptionHandler((e, words) -> {
            PrintWriter err = e.getCommandLine().getErr();
            err.println("error: " + e.getMessage() + "; --help shows what can be used");
            return ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("error: " + e);
            e.printStackTrace(command.getErr());
            return 1;
        });
        return commandLine.execute(args);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
