package dev.livefeed.terminal;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that watch a running program: which one, and which instruments. */
public final class ProgramOptions {

    /** The environment that a login is read from. */
    public static final String LOGIN = "A token is read from LIVEFEED_TOKEN, a login from LIVEFEED_USER and"
            + " LIVEFEED_PASSWORD,%na CA from LIVEFEED_CA_FILE, a client's certificate from LIVEFEED_CERT_FILE and"
            + " LIVEFEED_KEY_FILE.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "The program: http or https, host and port (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            split = ",",
            description = "BTCUSDT, spot:BTCUSDT, or with the venue before it (default: all).")
    private List<String> symbols = List.of();

    /** @throws ParameterException with the rule, if the address is none */
    public RunningProgram program() {
        try {
            return new RunningProgram(url, ProgramLogin.of(System.getenv()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }

    /** The instruments; all if it is empty. */
    public List<String> symbols() {
        return symbols;
    }
}
