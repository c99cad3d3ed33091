package dev.livefeed.app;

import dev.livefeed.app.conformance.ConformanceTable;
import dev.livefeed.app.conformance.ConnectorCheck;
import dev.livefeed.app.conformance.RuleFindings;
import dev.livefeed.app.conformance.TrialPlan;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.settings.SettingsException;
import dev.livefeed.app.settings.SourceSettings;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.protocol.model.InstrumentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code check --connector}: whether a connector keeps the rules of the protocol. */
final class ConnectorCheckOptions {

    private static final int FAILED = 1;
    private static final Duration HEARTBEAT = Duration.ofSeconds(6);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(3);

    @Option(
            names = "--connector",
            required = true,
            paramLabel = "COMMAND",
            description = "Check a connector instead: start this command as CONNECTOR_COMMAND and print a table of the"
                    + " rules of doc/PROTOCOL.md; exit 0, or 1 if a rule is broken.")
    private String command;

    @Option(names = "--watch", paramLabel = "SECONDS", description = "How long data is watched, 7 to 3600; default 15.")
    private int watch = 15;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "Limit for the whole check, 10 to 7200; default 180.")
    private int limit = 180;

    @Option(
            names = "--bad-setting",
            paramLabel = "NAME=VALUE",
            description = "A variable with which the connector must exit with status 78.")
    private Map<String, String> badSettings = new LinkedHashMap<>();

    /** Checks the connector and prints the table. */
    int run(CommandLine commandLine) throws SettingsException, InterruptedException {
        range(commandLine, "--watch", watch, 7, 3_600);
        range(commandLine, "--limit", limit, 10, 7_200);
        if (command.isBlank()) {
            throw new CommandLine.ParameterException(commandLine, "--connector is empty, must be a command");
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CONNECTOR_COMMAND", command);
        CheckedSettings checked = CheckedSettings.load(environment);
        Logging.errors();
        Settings settings = checked.warned();
        Secrets secrets = Secrets.of(settings.environment(), settings.outerSettings());
        RuleFindings findings = new ConnectorCheck(plan(settings), secrets::redact).run();
        ConformanceTable.rows(findings).forEach(System.out::println);
        return findings.good() ? ExitCode.OK : FAILED;
    }

    private static void range(CommandLine commandLine, String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new CommandLine.ParameterException(
                    commandLine, name + " is " + value + ", must be " + min + " to " + max);
        }
    }

    private TrialPlan plan(Settings settings) {
        SourceSettings source = settings.sources().get(0);
        List<Subscription> subscriptions = new ArrayList<>();
        for (InstrumentId instrument : source.instruments().configured()) {
            for (String channel : source.channels()) {
                String id = "check-" + (subscriptions.size() + 1);
                subscriptions.add(new Subscription(channel, instrument, id, Subscription.State.WANTED, null, Set.of()));
            }
        }
        return new TrialPlan(
                source.command(),
                settings.workingDirectory().toAbsolutePath(),
                SourceBeans.environment(settings, source, Map.of()),
                badSettings,
                source.instruments(),
                subscriptions,
                new TrialPlan.TrialWaits(
                        settings.duration("connector.start.deadline"),
                        Duration.ofSeconds(watch),
                        PAUSE,
                        HEARTBEAT,
                        ANSWER,
                        STOP,
                        Duration.ofSeconds(limit)));
    }
}
