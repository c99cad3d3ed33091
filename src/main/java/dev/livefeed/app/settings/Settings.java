package dev.livefeed.app.settings;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.KlineInterval;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the application. All of them are read and checked before anything is started. Immutable. */
public final class Settings {

    private static final int MAX_SYMBOLS = 1_000;
    /** What is read in place of bytes that the locale does not know. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String LOCALE_HINT = "; characters beyond ASCII need a locale with UTF-8: LC_ALL=C.UTF-8";

    private final SettingsSource source;
    private final Path workingDirectory;
    private final SettingChecks checks;
    private final List<String> warnings = new ArrayList<>();
    private final DataSource dataSource;
    private final boolean customCommand;
    private final Instruments instruments;
    private final List<String> channels;
    private final ConnectorRules connectors;
    private final List<String> fileFaults;
    private final List<String> command;
    private final HttpSettings http;

    private Settings(Path workingDirectory, Map<String, String> environment, ConnectorRules connectors) {
        this.workingDirectory = workingDirectory;
        this.connectors = connectors;
        source = new SettingsSource(workingDirectory, environment, connectors.secrets());
        checks = new SettingChecks(source);
        dataSource = readDataSource();
        customCommand = !text("connector.command").isEmpty();
        instruments = new Instruments(venue(), category(), instrumentList());
        List<String> wanted = channelNames();
        fileFaults = connectors(!wanted.isEmpty());
        channels = wanted.stream()
                // The default depth has a single channel name, so that it is not subscribed twice.
                .map(channel -> channel.equals("depth." + depth()) ? "depth" : channel)
                .distinct()
                .toList();
        if (checks.faults().isEmpty()
                && !channels.isEmpty()
                && channels.stream().allMatch(Subscription::comesOnChange)) {
            fault(
                    "connector.channels",
                    String.join(",", channels) + " alone may be silent for hours, which looks like a broken feed; "
                            + "add ticker or trades");
        }
        if (!text("connector.paper.trading").equalsIgnoreCase("true")) {
            fault("connector.paper.trading", "it must be true: real orders are not supported");
        }
        http = HttpSettings.read(source, checks, workingDirectory);
        checks.whole("simulator.port", 0, 65_535);
        checks.whole("simulator.seed", 0, 999_999_999);
        SupervisionRules.check(checks);
        HealthRules.check(checks);
        MarketRules.check(source, checks);
        StateRules.check(workingDirectory, checks);
        checks.oneOf("routes.reload", "true", "false");
        StrategyRules.check(source, checks);
        PaperRules.check(checks);
        new ReplayRules(source, workingDirectory, this::fault).check(dataSource == DataSource.REPLAY && !customCommand);
        StreamRules.check(source, checks);
        SinkRules.check(source, checks);
        if (!sinks().isEmpty()) {
            checks.folder("sink.dir", workingDirectory);
            checks.folder("sink.file.dir", workingDirectory);
        }
        LogRules.check(source, checks);
        command = commandWords();
        String routes = text("routes.dir");
        if (!routes.isEmpty() && !Files.isDirectory(workingDirectory.resolve(routes))) {
            fault("routes.dir", "it must be a folder of *.camel.yaml files");
        }
    }

    /**
     * Reads and checks all settings.
     *
     * @param workingDirectory folder of {@code application.properties}, which is optional
     * @param connectors check their own settings
     * @throws SettingsException with one line for each fault
     */
    public static Settings load(Path workingDirectory, Map<String, String> environment, ConnectorRules connectors)
            throws SettingsException {
        Settings settings = new Settings(workingDirectory, environment, connectors);
        if (!settings.checks.faults().isEmpty()) {
            throw new SettingsException(settings.checks.faults());
        }
        return settings;
    }

    /** Folder of the route files, even if other settings are invalid; empty for the default folders. */
    public static String routesDir(Path workingDirectory, Map<String, String> environment) {
        return new SettingsSource(workingDirectory, environment, Set.of()).text("routes.dir");
    }

    /** Settings that were ignored or replaced by their default, one line each, for the log. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Name of the source in health: the data source, or {@code custom} if only a command was set. */
    public String sourceName() {
        return custom() ? "custom" : dataSource.toString();
    }

    /** A command was set without a data source, so the kind of its data is unknown. */
    private boolean custom() {
        return customCommand && !source.inEnvironment("data.source") && dataSource == DataSource.SIMULATOR;
    }

    /** Whether this source needs the local exchange. */
    public boolean simulated() {
        return dataSource == DataSource.SIMULATOR && !custom();
    }

    /** Whether all events of this source are marked as synthetic, whatever the connector reports. */
    public boolean synthetic() {
        return dataSource.synthetic() && !custom();
    }

    /** At least one, in the configured order. */
    public Instruments instruments() {
        return instruments;
    }

    /** The channels wanted for each instrument, in the configured order; at least one. */
    public List<String> channels() {
        return channels;
    }

    /** Default product category, for events without one. */
    public String category() {
        return dataSource.category(text(dataSource.categoryKey()));
    }

    /** Number of levels of the channel {@code depth}. */
    public String depth() {
        return text(dataSource.depthKey());
    }

    /** Faults in the connectors' configuration files. They do not prevent the application from starting. */
    public List<String> fileFaults() {
        return fileFaults;
    }

    /** The connectors' own settings, by variable. */
    public Map<String, String> connectorSettings() {
        Map<String, String> own = new TreeMap<>();
        for (String key : source.packedKeys()) {
            if (connectors.variables().contains(SettingsSource.variable(key))) {
                own.put(SettingsSource.variable(key), text(key));
            }
        }
        return own;
    }

    /** The settings that may hold a login, by variable, besides those of the environment. */
    public Map<String, String> outerSettings() {
        Map<String, String> outer = new TreeMap<>(connectorSettings());
        for (String key : List.of(
                "sink.http.url",
                "sink.sql.url",
                "sink.redis.url",
                "sink.questdb.url",
                "sink.nats.url",
                "sink.mqtt.url")) {
            outer.put(SettingsSource.variable(key), text(key));
        }
        return outer;
    }

    /** Command line of the connector; empty for the packed connector of the data source. */
    public List<String> command() {
        return command;
    }

    /** Whether an unrequested exit with status 0 is the end of the feed and not a failure. */
    public boolean exitZeroFinishes() {
        return switch (text("connector.when.done")) {
            case "finish" -> true;
            case "restart" -> false;
            default -> customCommand || dataSource == DataSource.REPLAY;
        };
    }

    public String httpHost() {
        return http.host();
    }

    /** Host and port as in a URL: an IPv6 address is in brackets. */
    public String httpAddress() {
        String host = http.host();
        return (host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host) + ':' + http.port();
    }

    public int httpPort() {
        return http.port();
    }

    /** Host names of this server besides the loopback ones: the one it listens on, and the configured ones. */
    public List<String> httpNames() {
        return http.names();
    }

    /** Whether others can reach the HTTP port without a login. */
    public boolean httpOpen() {
        return http.open();
    }

    /** The text of a setting, empty if it is not set. */
    public String text(String key) {
        return source.text(key);
    }

    /** A setting that was checked as a duration. */
    public Duration duration(String key) {
        return Durations.parse(text(key));
    }

    /** A setting that was checked as a decimal. */
    public BigDecimal decimal(String key) {
        return new BigDecimal(text(key));
    }

    /** Whether the feed waits for the strategies, which makes a replay deterministic. */
    public boolean lockstep() {
        return switch (text("strategy.lockstep")) {
            case "true" -> true;
            case "false" -> false;
            default -> dataSource == DataSource.REPLAY;
        };
    }

    public long whole(String key) {
        return Long.parseLong(text(key));
    }

    public Path workingDirectory() {
        return workingDirectory;
    }

    /** The environment of the application. */
    public Map<String, String> environment() {
        return source.environment();
    }

    /** All properties for Camel's placeholders, with durations in milliseconds. */
    public Properties properties() {
        Properties all = new Properties();
        source.merged().forEach(all::put);
        for (String key : checks.durations()) {
            all.setProperty(key, Long.toString(duration(key).toMillis()));
        }
        return all;
    }

    /** Keys of Camel options that a file sets to something other than the packed default. */
    public Set<String> camelKeys() {
        return source.merged().stringPropertyNames().stream()
                .filter(key -> key.startsWith("camel.") && !source.shipped(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private DataSource readDataSource() {
        return DataSource.named(text("data.source")).orElseGet(() -> {
            fault("data.source", "it must be one of " + String.join(", ", DataSource.names()));
            return DataSource.SIMULATOR;
        });
    }

    /** The venue of all events, named after the connector of the source. */
    public String venue() {
        return customCommand ? "custom" : dataSource.connector();
    }

    /** Whether a variable with this text cannot be read, or not be passed on to the connector. */
    private static boolean lost(String text) {
        return text.indexOf(REPLACEMENT) >= 0
                || !Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                        .newEncoder()
                        .canEncode(text);
    }

    private List<InstrumentId> instrumentList() {
        Set<InstrumentId> list = new LinkedHashSet<>();
        String text = text("symbol").isEmpty() ? "BTCUSDT" : text("symbol");
        for (String part : text.split(",", -1)) {
            Optional<InstrumentId> id = InstrumentId.read(part.strip());
            if (id.isEmpty()) {
                fault("symbol", "each symbol must be " + InstrumentId.RULE + (lost(part) ? LOCALE_HINT : ""));
                break;
            }
            if (lost(part)) {
                fault("symbol", "the locale has no such characters" + LOCALE_HINT);
                break;
            }
            String of = id.get().venue();
            if (of != null && !of.equals(venue())) {
                fault("symbol", id.get() + " belongs to another venue than the data source, which is " + venue());
                break;
            }
            String category = id.get().category();
            list.add(InstrumentId.of(
                    venue(), category == null ? category() : category, id.get().symbol()));
        }
        if (list.size() > MAX_SYMBOLS) {
            checks.line(source.place("symbol") + " names " + list.size() + " symbols; at most " + MAX_SYMBOLS
                    + " are served");
        }
        return List.copyOf(list);
    }

    /** The symbols in the connectors' notation: with the category if it is not the default one. */
    public String symbolNames() {
        return instruments.configured().stream()
                .map(id -> id.category().equals(category()) ? id.symbol() : id.market())
                .collect(Collectors.joining(","));
    }

    /**
     * Lets the connectors check their settings, and adopts their interpretation of them.
     *
     * @param channels whether the list of channels is valid
     * @return faults in their files
     */
    private List<String> connectors(boolean channels) {
        Map<String, String> given = new TreeMap<>();
        for (String key : source.packedKeys()) {
            String variable = SettingsSource.variable(key);
            if (connectors.variables().contains(variable) && source.given(key)) {
                given.put(variable, text(key));
            }
        }
        connectors.secrets().stream()
                .filter(secret -> source.environment().containsKey(secret))
                .filter(secret ->
                        reachesVenue() || !secret.toUpperCase(Locale.ROOT).endsWith("_PROXY"))
                .forEach(secret -> given.put(secret, source.environment().get(secret)));
        if (channels) {
            given.put(SettingsSource.variable("connector.channels"), text("connector.channels"));
        }
        if (dataSource.listsInstruments() && !customCommand) {
            given.put(SettingsSource.variable("symbol"), symbolNames());
            given.put(SettingsSource.variable("data.source"), dataSource.toString());
        }
        ConnectorRules.Verdict verdict = connectors.check(given, workingDirectory);
        verdict.faults().forEach(fault -> checks.line(placed(fault)));
        warnings.addAll(verdict.warnings());
        for (String key : source.packedKeys()) {
            String value = verdict.values().get(SettingsSource.variable(key));
            if (value != null) {
                source.merged().setProperty(key, value);
            }
        }
        return customCommand ? List.of() : verdict.fileFaults();
    }

    /** Whether a connector of this program goes out to the network, so that proxies matter. */
    private boolean reachesVenue() {
        return !customCommand && dataSource != DataSource.SIMULATOR && dataSource.listsInstruments();
    }

    /** Connectors name variables in faults; this replaces the variable by the place where the value is set. */
    private String placed(String fault) {
        for (String key : source.packedKeys()) {
            String variable = SettingsSource.variable(key);
            if (fault.startsWith(variable + " is ")) {
                return source.place(key) + fault.substring(variable.length());
            }
        }
        return fault;
    }

    /** The wanted channels, whether or not the venue has them; empty if one is invalid. */
    private List<String> channelNames() {
        List<String> list = new ArrayList<>();
        for (String part : text("connector.channels").split(",", -1)) {
            String channel = part.strip();
            if (!isChannel(channel)) {
                fault(
                        "connector.channels",
                        "\"" + shown(channel)
                                + "\" is not a channel; it must be a comma list of trades, depth, depth.N, ticker, "
                                + "liquidations, adl, insurance, price-limit, depth.rpi, system and kline.I "
                                + "with I one of "
                                + KlineInterval.names());
                return List.of();
            }
            list.add(channel);
        }
        return list;
    }

    private static boolean isChannel(String channel) {
        return channel.equals("trades")
                || channel.equals("depth")
                || channel.startsWith("depth.")
                || channel.equals("ticker")
                || Subscription.comesOnChange(channel)
                || Arrays.stream(KlineInterval.values())
                        .anyMatch(interval -> interval.channel().equals(channel));
    }

    /** Origins of pages that may open the stream, besides those of this server. */
    public List<String> streamOrigins() {
        return StreamRules.origins(source);
    }

    /** Names of the sinks that are on. */
    public List<String> sinks() {
        return SinkRules.names(source);
    }

    /** Folder of the persistent state, or null if none is set. */
    public Path stateFolder() {
        return text("state.dir").isEmpty() ? null : workingDirectory.resolve(text("state.dir"));
    }

    /**
     * Name of the data source in file names, so that state of one source is not used for another. A custom connector is
     * identified by its command line, a non-default host by its address.
     */
    public String stateName() {
        return stateName("");
    }

    /**
     * The names that earlier versions gave it, by the default category of that time: those of the default category now
     * and of the configured instruments.
     */
    public Map<String, String> earlierStateNames() {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.concat(Stream.of(category()), instruments.configured().stream().map(InstrumentId::category))
                .filter(category -> !category.isEmpty())
                .forEach(category -> names.put(category, stateName('-' + category)));
        return names;
    }

    private String stateName(String category) {
        if (customCommand) {
            return sourceName() + "-"
                    + Integer.toHexString(text("connector.command").hashCode());
        }
        String venue = dataSource.connector();
        if (!source.packedKeys().contains(venue + ".category")) {
            return dataSource.toString();
        }
        String hosts = (text(venue + ".ws.base.url") + ' ' + text(venue + ".rest.base.url")).strip();
        boolean testnet = text(venue + ".connector.testnet").equals("true");
        String site = testnet ? "testnet" : text(venue + ".site").toLowerCase(Locale.ROOT);
        return dataSource
                + category
                + (site.isEmpty() || site.equals("global") ? "" : "-" + site)
                + (hosts.isEmpty() ? "" : "-" + Integer.toHexString(hosts.hashCode()));
    }

    /** Whether the state of a run is restored by the next run; a replay always starts without state. */
    public boolean keepsState() {
        return stateFolder() != null && dataSource != DataSource.REPLAY;
    }

    private List<String> commandWords() {
        String line = text("connector.command");
        if (!customCommand) {
            if (!connectors.names().contains(dataSource.connector())) {
                fault(
                        "data.source",
                        "this version has no " + dataSource.connector()
                                + " connector; choose another source, or set CONNECTOR_COMMAND");
            }
            return List.of();
        }
        try {
            List<String> words = CommandWords.split(line);
            Path program = Executables.find(
                    words.get(0), workingDirectory, source.environment().get("PATH"));
            if (program == null) {
                checks.line(source.place("connector.command") + " starts \"" + shown(words.get(0))
                        + "\", which is not an executable file, in this folder or on the PATH");
            }
            return words;
        } catch (IllegalArgumentException e) {
            fault("connector.command", e.getMessage());
            return List.of();
        }
    }

    private void fault(String key, String rule) {
        checks.fault(key, rule);
    }

    private static String shown(String value) {
        return SettingChecks.shown(value);
    }
}
