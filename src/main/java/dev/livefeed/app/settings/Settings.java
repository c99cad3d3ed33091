package dev.livefeed.app.settings;

import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.login.TokenStore;
import dev.livefeed.app.tracing.TracingRules;
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
import java.util.HashSet;
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

    static final int MAX_SYMBOLS = 1_000;
    private static final String CHANNEL_RULE = "trades, depth, depth.N, ticker, liquidations, adl, insurance, "
            + "price-limit, depth.rpi, system and kline.I with I one of " + KlineInterval.names();
    /** What is read in place of bytes that the locale does not know. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final String LOCALE_HINT = "; characters beyond ASCII need a locale with UTF-8: LC_ALL=C.UTF-8";

    private final SettingsSource source;
    private final Path workingDirectory;
    private final SettingChecks checks;
    private final List<String> warnings = new ArrayList<>();
    /** Keys whose values are those that the connectors have reported. */
    private final Set<String> adopted = new HashSet<>();

    private final List<DataSource> dataSources;
    private final boolean customCommand;
    private final ConnectorRules connectors;
    private final List<String> fileFaults;
    private final List<SourceSettings> sources;
    private final Instruments instruments;
    private final HttpSettings http;

    private Settings(Path workingDirectory, Map<String, String> environment, ConnectorRules connectors) {
        this.workingDirectory = workingDirectory;
        this.connectors = connectors;
        source = new SettingsSource(workingDirectory, environment, connectors.secrets());
        checks = new SettingChecks(source);
        customCommand = !text("connector.command").isEmpty();
        dataSources = readDataSources();
        List<String> wanted = channelNames();
        Map<String, String> given = connectorsOwn();
        adopt(connectors.check(null, given, workingDirectory));
        List<List<InstrumentId>> lists = instrumentLists();
        if (!wanted.isEmpty()) {
            given.put(SettingsSource.variable("connector.channels"), text("connector.channels"));
        }
        fileFaults = connectors(given, lists);
        sources = sources(lists, wanted);
        instruments = Instruments.together(
                sources.stream().map(SourceSettings::instruments).toList());
        List<String> channels = channels();
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
        warnings.addAll(http.warnings());
        checks.whole("simulator.port", 0, 65_535);
        checks.whole("simulator.seed", 0, 999_999_999);
        SupervisionRules.check(checks, dataSources.size());
        HealthRules.check(checks);
        MarketRules.check(source, checks);
        StateRules.check(workingDirectory, checks);
        checks.oneOf("routes.reload", "true", "false");
        StrategyRules.check(source, checks);
        new ReplayRules(source, workingDirectory, this::fault)
                .check(dataSource() == DataSource.REPLAY && !customCommand);
        StreamRules.check(source, checks);
        SinkRules.check(source, checks);
        if (!sinks().isEmpty()) {
            checks.folder("sink.dir", workingDirectory);
            checks.folder("sink.file.dir", workingDirectory);
            SinkRules.checkFolders(source, checks, workingDirectory);
        }
        LogRules.check(source, checks);
        TracingRules.check(this::text, source.environment(), this::fault, checks::line);
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

    /** The first one. */
    public DataSource dataSource() {
        return dataSources.get(0);
    }

    /** The sources, each with a connector process of its own, in the configured order; at least one. */
    public List<SourceSettings> sources() {
        return sources;
    }

    /** Names of the sources in health. */
    public String sourceName() {
        return sources.stream().map(SourceSettings::name).distinct().collect(Collectors.joining(","));
    }

    /** A command was set without a data source, so the kind of its data is unknown. */
    private boolean custom() {
        return customCommand
                && !source.inEnvironment("data.source")
                && dataSource().simulated();
    }

    /** Those of all sources; at least one, in the configured order. */
    public Instruments instruments() {
        return instruments;
    }

    /** The channels wanted for each instrument of any source, in the configured order; at least one. */
    public List<String> channels() {
        return sources.stream()
                .flatMap(one -> one.channels().stream())
                .distinct()
                .toList();
    }

    private String category(DataSource of) {
        return of.category(text(of.categoryKey()));
    }

    /** Faults in the connectors' configuration files. They do not prevent the application from starting. */
    public List<String> fileFaults() {
        return fileFaults;
    }

    /**
     * The connectors' own settings, by variable: those that are set, and those that this program depends on. The others
     * are left to their configuration files.
     */
    public Map<String, String> connectorSettings() {
        Map<String, String> own = new TreeMap<>();
        for (String key : source.packedKeys()) {
            if (connectors.variables().contains(SettingsSource.variable(key))
                    && (source.given(key) || adopted.contains(key))) {
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

    /** Whether an unrequested exit of a connector with status 0 is the end of the feed and not a failure. */
    public boolean exitZeroFinishes(SourceSettings of) {
        return switch (text("connector.when.done")) {
            case "finish" -> true;
            case "restart" -> false;
            default -> !of.command().isEmpty() || of.replay();
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

    /** Whether the HTTP port has TLS. */
    public boolean httpTls() {
        return http.tls() != null;
    }

    /** The PEM files of the port's certificate and its key; only with {@link #httpTls}. */
    public Path httpCertificate() {
        return http.tls().certificate();
    }

    public Path httpKey() {
        return http.tls().key();
    }

    /** The PEM file of certificates that clients' certificates are signed with; null if they need none. */
    public Path httpClientCertificates() {
        return http.tls() == null ? null : http.tls().clients();
    }

    /** Who may use the HTTP port; none if no login by tokens is wanted. */
    public TokenStore httpTokens() {
        return new TokenStore(
                http.tokens().file(), http.tokens().fixed(), http.tokens().all());
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
            default -> dataSource() == DataSource.REPLAY;
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

    private List<DataSource> readDataSources() {
        List<DataSource> list = new ArrayList<>();
        List<String> simulated = simulatedVenues();
        for (String part : text("data.source").split(",", -1)) {
            Optional<DataSource> named = DataSource.named(part.strip());
            if (named.isEmpty()) {
                fault(
                        "data.source",
                        "it must be one of " + String.join(", ", DataSource.names())
                                + ", or several of them, separated by commas");
                return List.of(DataSource.SIMULATOR);
            }
            for (DataSource one : named.get().on(simulated)) {
                for (DataSource other : list) {
                    if (venue(other).equals(venue(one))) {
                        fault(
                                "data.source",
                                customCommand
                                        ? "with CONNECTOR_COMMAND it must be one source; set "
                                                + commandVariables(list, one) + " instead"
                                        : other + " and " + one + " both have the venue " + venue(other)
                                                + ", and each venue can have one source");
                        return list;
                    }
                }
                list.add(one);
            }
        }
        if (list.size() > 1 && list.contains(DataSource.REPLAY)) {
            fault("data.source", "replay must be alone, because its time is that of the recording");
        }
        return List.copyOf(list);
    }

    /** The venues that the simulator stands for, each once; at least one. */
    private List<String> simulatedVenues() {
        List<String> known = DataSource.simulatedVenues();
        List<String> venues = Arrays.stream(text("simulator.venue").split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
        if (!known.containsAll(venues)) {
            fault(
                    "simulator.venue",
                    "it must be one of " + String.join(", ", known) + ", or several of them, separated by commas");
            return known.subList(0, 1);
        }
        return venues;
    }

    /** The settings with the command of each of these sources. */
    private static String commandVariables(List<DataSource> before, DataSource last) {
        return Stream.concat(before.stream(), Stream.of(last))
                .map(DataSource::commandKey)
                .filter(key -> !key.equals(DataSource.COMMAND))
                .map(SettingsSource::variable)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** The venue of all events of a source, named after its connector. */
    private String venue(DataSource of) {
        return customCommand ? SourceSettings.CUSTOM : of.connector();
    }

    /** Whether a variable with this text cannot be read, or not be passed on to the connector. */
    private static boolean lost(String text) {
        return text.indexOf(REPLACEMENT) >= 0
                || !Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                        .newEncoder()
                        .canEncode(text);
    }

    /** The instruments of each source: those without a venue are wanted of all. */
    private List<List<InstrumentId>> instrumentLists() {
        List<InstrumentId> named = namedInstruments();
        List<List<InstrumentId>> lists = new ArrayList<>();
        for (DataSource one : dataSources) {
            String venue = venue(one);
            List<InstrumentId> list = named.stream()
                    .filter(id -> id.venue() == null || id.venue().equals(venue))
                    .map(id ->
                            InstrumentId.of(venue, id.category() == null ? category(one) : id.category(), id.symbol()))
                    .distinct()
                    .toList();
            if (list.isEmpty() && !named.isEmpty()) {
                fault("symbol", "it names no instrument of " + venue + ", which is a source (DATA_SOURCE)");
            }
            lists.add(list);
        }
        int all = lists.stream().mapToInt(List::size).sum();
        if (all > MAX_SYMBOLS) {
            checks.line(source.place("symbol") + " names " + all + " symbols; at most " + MAX_SYMBOLS + " are served");
        }
        return lists;
    }

    private List<InstrumentId> namedInstruments() {
        List<String> venues = dataSources.stream().map(this::venue).toList();
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
            if (of != null && !venues.contains(of)) {
                fault(
                        "symbol",
                        id.get() + " belongs to another venue than the data source, which is "
                                + String.join(" and ", venues));
                break;
            }
            list.add(id.get());
        }
        return List.copyOf(list);
    }

    private List<SourceSettings> sources(List<List<InstrumentId>> lists, List<String> wanted) {
        List<SourceSettings> all = new ArrayList<>();
        for (int i = 0; i < dataSources.size(); i++) {
            DataSource one = dataSources.get(i);
            String depth = text(one.depthKey());
            all.add(new SourceSettings(
                    one,
                    custom() ? SourceSettings.CUSTOM : one.toString(),
                    category(one),
                    depth.matches("\\d{1,9}") ? Integer.parseInt(depth) : 0,
                    instruments(one, lists.get(i)),
                    // The default depth has a single channel name, so that it is not subscribed twice.
                    wanted.stream()
                            .map(channel -> channel.equals("depth." + depth) ? "depth" : channel)
                            .distinct()
                            .toList(),
                    commandWords(one),
                    stateName(one, "")));
        }
        return List.copyOf(all);
    }

    private Instruments instruments(DataSource one, List<InstrumentId> configured) {
        Instruments all = new Instruments(venue(one), category(one), configured);
        return text("connector.instruments").equals("any") ? all : all.closed();
    }

    /** The symbols of all sources, with the venue if there are several. */
    public String symbolNames() {
        return sources.size() == 1
                ? sources.get(0).symbolNames()
                : instruments.configured().stream().map(InstrumentId::toString).collect(Collectors.joining(","));
    }

    /** The settings of the connectors that are set, by variable. */
    private Map<String, String> connectorsOwn() {
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
        return given;
    }

    /** Adopts the connectors' interpretation of their settings, with that of their configuration files. */
    private void adopt(ConnectorRules.SettingsFindings check) {
        for (String key : source.packedKeys()) {
            String value = check.values().get(SettingsSource.variable(key));
            if (value != null) {
                source.merged().setProperty(key, value);
                adopted.add(key);
            }
        }
    }

    /**
     * Lets the connectors check their settings.
     *
     * @param given settings by variable
     * @param lists the instruments of each source
     * @return faults in their files
     */
    private List<String> connectors(Map<String, String> given, List<List<InstrumentId>> lists) {
        Set<String> inFiles = new LinkedHashSet<>();
        Set<String> faults = new LinkedHashSet<>();
        Set<String> warned = new LinkedHashSet<>();
        for (int i = 0; i < dataSources.size(); i++) {
            DataSource one = dataSources.get(i);
            Map<String, String> own = new TreeMap<>(given);
            boolean packed = one.listsInstruments() && !customCommand;
            if (packed) {
                own.put(SettingsSource.variable("symbol"), SourceSettings.symbolNames(lists.get(i), category(one)));
            }
            ConnectorRules.SettingsFindings check =
                    connectors.check(packed ? one.connector() : null, own, workingDirectory);
            check.faults().forEach(fault -> faults.add(placed(ofSource(one, own, fault))));
            warned.addAll(check.warnings());
            inFiles.addAll(check.fileFaults());
        }
        faults.forEach(checks::line);
        warnings.addAll(warned);
        return customCommand ? List.of() : List.copyOf(inFiles);
    }

    /**
     * Says which one of several sources a fault of what they share is about, and shows the value as it was set.
     *
     * @param given what the connector has checked, by variable
     */
    private String ofSource(DataSource one, Map<String, String> given, String fault) {
        if (dataSources.size() > 1) {
            for (String key : List.of("symbol", "connector.channels")) {
                String variable = SettingsSource.variable(key);
                String start = variable + " is \"" + given.get(variable) + "\"; ";
                if (fault.startsWith(start)) {
                    return variable + " is \"" + shown(text(key)) + "\"; " + one.connector() + ": "
                            + fault.substring(start.length());
                }
            }
        }
        return fault;
    }

    /** Whether a connector of this program goes out to the network, so that proxies matter. */
    private boolean reachesVenue() {
        return !customCommand && dataSources.stream().anyMatch(one -> !one.simulated() && one.listsInstruments());
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
                        "\"" + shown(channel) + "\" is not a channel; it must be a comma list of " + CHANNEL_RULE);
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

    /** Checks changes of what a source is subscribed to. */
    public WantedChanges wantedChanges() {
        return new WantedChanges(
                this, connectors, Map.copyOf(connectorsOwn()), channel -> isChannel(channel) ? null : CHANNEL_RULE);
    }

    /** Origins of pages that may do what those of this server may. */
    public List<String> httpOrigins() {
        return StreamRules.origins(source, "http.origins");
    }

    /** Origins of pages that may open the stream, besides those and the ones of this server. */
    public List<String> streamOrigins() {
        return StreamRules.origins(source, "stream.origins");
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
     * Name of the data sources in file names, so that state of one source is not used for another. A custom connector
     * is identified by its command line, a non-default host by its address.
     */
    public String stateName() {
        return sources.stream().map(SourceSettings::stateName).collect(Collectors.joining("+"));
    }

    /**
     * The names that earlier versions gave a source, by the default category of that time: those of the default
     * category now and of the configured instruments.
     */
    public Map<String, String> earlierStateNames(SourceSettings of) {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(of.category()),
                        of.instruments().configured().stream().map(InstrumentId::category))
                .filter(category -> !category.isEmpty())
                .forEach(category -> names.put(category, stateName(of.dataSource(), '-' + category)));
        return names;
    }

    private String stateName(DataSource of, String category) {
        String command = text(customCommand ? DataSource.COMMAND : of.commandKey());
        if (!command.isEmpty()) {
            return (custom() ? SourceSettings.CUSTOM : of.toString()) + "-" + Integer.toHexString(command.hashCode());
        }
        return of.fileName() + category + of.hosts(this::text);
    }

    /** Whether the state of a run is restored by the next run; a replay always starts without state. */
    public boolean keepsState() {
        return stateFolder() != null && dataSource() != DataSource.REPLAY;
    }

    private List<String> commandWords(DataSource of) {
        String key = customCommand ? DataSource.COMMAND : of.commandKey();
        String line = text(key);
        if (line.isEmpty()) {
            if (!connectors.names().contains(of.connector())) {
                fault(
                        "data.source",
                        "this version has no " + of.connector()
                                + " connector; choose another source, or set CONNECTOR_COMMAND");
            }
            return List.of();
        }
        try {
            List<String> words = CommandWords.split(line);
            Path program = Executables.find(
                    words.get(0), workingDirectory, source.environment().get("PATH"));
            if (program == null) {
                checks.line(source.place(key) + " starts \"" + shown(words.get(0))
                        + "\", which is not an executable file, in this folder or on the PATH");
            }
            return words;
        } catch (IllegalArgumentException e) {
            fault(key, e.getMessage());
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
