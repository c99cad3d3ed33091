package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.livefeed.app.CarriedConnectors;
import dev.livefeed.protocol.model.InstrumentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults, order of the sources, and one line per fault. */
class SettingsTest {

    @TempDir
    private Path folder;

    private Settings load(String... pairs) throws SettingsException {
        return Settings.load(folder, environment(pairs), new CarriedConnectors());
    }

    private List<String> faults(String... pairs) {
        SettingsException e = catchThrowableOfType(SettingsException.class, () -> load(pairs));
        assertThat(e).as("faults").isNotNull();
        return e.faults();
    }

    private static Map<String, String> environment(String... pairs) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH")));
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    /** All settings except Camel's own. A change here changes the defaults of every installation. */
    @Test
    void theDefaults() throws Exception {
        Properties all = load().properties();

        assertThat(all.stringPropertyNames().stream()
                        .filter(key -> !key.startsWith("camel.")
                                && !key.endsWith(".options")
                                && !key.equals("connector.environment"))
                        .sorted()
                        .map(key -> key + "=" + all.getProperty(key)))
                .containsExactly(
                        "backfill.interval=15000",
                        "binance.connector.command=",
                        "binance.connector.config.file=",
                        "binance.depth=50",
                        "binance.headers=",
                        "binance.history.dir=data/history",
                        "binance.market=spot",
                        "binance.proxy=",
                        "binance.rest.base.url=",
                        "binance.testnet=false",
                        "binance.trades=aggtrade",
                        "binance.us=false",
                        "binance.ws.base.url=",
                        "block.trades=count",
                        "bybit.category=linear",
                        "bybit.connector.command=",
                        "bybit.connector.config.file=",
                        "bybit.connector.testnet=false",
                        "bybit.depth=50",
                        "bybit.headers=",
                        "bybit.proxy=",
                        "bybit.rest.base.url=",
                        "bybit.site=",
                        "bybit.ws.base.url=",
                        "connector.backoff.initial=500",
                        "connector.backoff.jitter=0.15",
                        "connector.backoff.max=10000",
                        "connector.backoff.multiplier=2",
                        "connector.channels=trades,depth",
                        "connector.command=",
                        "connector.cooldown=30000",
                        "connector.fallback=degraded",
                        "connector.fallback.stable=60000",
                        "connector.instruments=configured",
                        "connector.paper.trading=true",
                        "connector.retries=5",
                        "connector.stable.after=60000",
                        "connector.start.deadline=30000",
                        "connector.stop.kill=4000",
                        "connector.stop.wait=1000",
                        "connector.watchdog.data=60000",
                        "connector.watchdog.grace=30000",
                        "connector.watchdog.silence=15000",
                        "connector.when.done=auto",
                        "context.backfill=off",
                        "data.source=simulator",
                        "event.ahead=5000",
                        "health.blocked=5000",
                        "health.clock=500",
                        "health.fresh=10000",
                        "health.log.interval=60000",
                        "health.quiet=300000",
                        "health.stuck=120000",
                        "http.client.connections=192",
                        "http.connections=256",
                        "http.host=127.0.0.1",
                        "http.idle=60000",
                        "http.names=",
                        "http.open=false",
                        "http.origins=",
                        "http.port=8080",
                        "http.request.timeout=10000",
                        "http.tls.cert.file=",
                        "http.tls.client.ca.file=",
                        "http.tls.key.file=",
                        "http.tokens=",
                        "http.tokens.file=",
                        "log.format=text",
                        "log.level=INFO",
                        "log.levels=",
                        "log.lines.per.second=20",
                        "log.stderr.per.second=20",
                        "log.traces.per.minute=3",
                        "opening.range=08:00-08:10 Europe/London",
                        "otel.exporter.otlp.endpoint=http://localhost:4318",
                        "otel.service.name=bybit-live-connector",
                        "otel.traces.sampler=parentbased_traceidratio",
                        "otel.traces.sampler.arg=0.001",
                        "paper.capital=100000",
                        "paper.fee.maker=0.0002",
                        "paper.fee.taker=0.00055",
                        "paper.journal.file.mb=64",
                        "paper.journal.sync=1000",
                        "paper.limit.daily.loss=5000",
                        "paper.limit.exposure=100000",
                        "paper.limit.open.orders=100",
                        "paper.limit.order=25000",
                        "profile.max.bins=262144",
                        "profile.tick.size=0.1",
                        "ready.after=2000",
                        "ready.when=all",
                        "replay.file=",
                        "replay.from=",
                        "replay.speed=max",
                        "replay.to=",
                        "routes.dir=",
                        "routes.reload=true",
                        "sessions=london 08:00-12:00 Europe/London, overlap 13:00-17:00 Europe/London",
                        "simulator.port=0",
                        "simulator.seed=1",
                        "simulator.venue=bybit",
                        "sink.backoff.initial=200",
                        "sink.backoff.max=5000",
                        "sink.backoff.multiplier=2",
                        "sink.buffer.mb=2048",
                        "sink.dir=data/sinks",
                        "sink.disk.reserve.mb=512",
                        "sink.file.batch.max=2000",
                        "sink.file.batch.wait=500",
                        "sink.file.dir=data/events",
                        "sink.http.batch.max=500",
                        "sink.http.batch.wait=200",
                        "sink.http.connect.timeout=5000",
                        "sink.http.timeout=10000",
                        "sink.http.url=",
                        "sink.http.user=",
                        "sink.kafka.batch.max=2000",
                        "sink.kafka.batch.wait=50",
                        "sink.kafka.brokers=",
                        "sink.kafka.compression=lz4",
                        "sink.kafka.sasl=PLAIN",
                        "sink.kafka.tls=false",
                        "sink.kafka.topic.prefix=livefeed.",
                        "sink.kafka.user=",
                        "sink.mqtt.batch.max=1000",
                        "sink.mqtt.batch.wait=50",
                        "sink.mqtt.topic.prefix=livefeed",
                        "sink.mqtt.url=",
                        "sink.mqtt.user=",
                        "sink.nats.batch.max=2000",
                        "sink.nats.batch.wait=50",
                        "sink.nats.subject.prefix=livefeed",
                        "sink.nats.url=",
                        "sink.nats.user=",
                        "sink.questdb.batch.max=2000",
                        "sink.questdb.batch.wait=200",
                        "sink.questdb.url=",
                        "sink.questdb.user=",
                        "sink.redis.batch.max=500",
                        "sink.redis.batch.wait=50",
                        "sink.redis.maxlen=20000",
                        "sink.redis.prefix=livefeed",
                        "sink.redis.url=",
                        "sink.redis.user=",
                        "sink.sql.batch.max=1000",
                        "sink.sql.batch.wait=200",
                        "sink.sql.url=",
                        "sink.sql.user=",
                        "sink.types=trade,depth",
                        "sinks=",
                        "state.dir=data",
                        "state.interval=60000",
                        "strategy.book.interval=100",
                        "strategy.clock.interval=1000",
                        "strategy.equity.interval=60000",
                        "strategy.lateness=2000",
                        "strategy.lockstep=auto",
                        "strategy.regime.timeframe=1m",
                        "strategy.signal.age=10000",
                        "strategy.timeframes=1s,1m,5m,1h",
                        "stream.clients=64",
                        "stream.message.bytes=4096",
                        "stream.origins=",
                        "stream.ping=20000",
                        "stream.queue.kb=1024",
                        "stream.slow=30000",
                        "stream.timeout=60000",
                        "symbol=BTCUSDT",
                        "tracing=off",
                        "unready.after=5000");
    }

    @Test
    void theDefaultsAsValues() throws Exception {
        Settings settings = load();

        assertThat(settings.dataSource()).isEqualTo(DataSource.SIMULATOR);
        assertThat(settings.sourceName()).isEqualTo("simulator");
        assertThat(settings.sources().get(0).simulated()).isTrue();
        assertThat(settings.sources().get(0).synthetic()).isTrue();
        assertThat(texts(settings)).containsExactly("bybit:linear:BTCUSDT");
        assertThat(settings.channels()).containsExactly("trades", "depth");
        assertThat(settings.text("bybit.connector.testnet")).isEqualTo("false");
        assertThat(settings.sources().get(0).command()).isEmpty();
        assertThat(settings.exitZeroFinishes(settings.sources().get(0))).isFalse();
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.duration("connector.cooldown")).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void theFileIsReadOverTheDefaultsAndTheEnvironmentOverBoth() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"), "symbol = ethusdt\nhttp.port = 9000\nown.key = x\n");

        Settings settings = load("HTTP_PORT", " 9100 ", "OWN_KEY", "y");

        assertThat(texts(settings)).containsExactly("bybit:linear:ETHUSDT");
        assertThat(settings.httpPort()).isEqualTo(9100);
        assertThat(settings.properties()).containsEntry("own.key", "y").containsEntry("health.fresh", "10000");
    }

    @Test
    void aSymbolMayNameItsCategory() throws Exception {
        Settings settings = load("SYMBOL", "BTCUSDT,Spot:btcusdt,bybit:inverse:BTCUSD");

        assertThat(texts(settings))
                .containsExactly("bybit:linear:BTCUSDT", "bybit:spot:BTCUSDT", "bybit:inverse:BTCUSD");
        assertThat(settings.symbolNames()).isEqualTo("BTCUSDT,spot:BTCUSDT,inverse:BTCUSD");
        assertThat(texts(load("SYMBOL", "BTCUSDT", "BYBIT_CATEGORY", "spot"))).containsExactly("bybit:spot:BTCUSDT");
    }

    private static List<String> texts(Settings settings) {
        return settings.instruments().configured().stream()
                .map(InstrumentId::toString)
                .toList();
    }

    @Test
    void symbolsAreAListInCapitalsWithoutDoubles() throws Exception {
        assertThat(texts(load("SYMBOL", " btcusdt,ETHUSDT ,btcusdt")))
                .containsExactly("bybit:linear:BTCUSDT", "bybit:linear:ETHUSDT");
        assertThat(texts(load("SYMBOL", "  "))).containsExactly("bybit:linear:BTCUSDT");
    }

    @Test
    void aCommandWithoutASourceIsCustomAndNotCalledSynthetic() throws Exception {
        Settings custom = load("CONNECTOR_COMMAND", "sh -c 'echo \"a b\"'");

        assertThat(custom.sources().get(0).command()).containsExactly("sh", "-c", "echo \"a b\"");
        assertThat(custom.sourceName()).isEqualTo("custom");
        assertThat(custom.sources().get(0).simulated()).isFalse();
        assertThat(custom.sources().get(0).synthetic()).isFalse();
        assertThat(custom.exitZeroFinishes(custom.sources().get(0))).isTrue();
        Settings named = load("CONNECTOR_COMMAND", "sh x", "DATA_SOURCE", "hft_connector");
        assertThat(named.sourceName()).isEqualTo("hft_connector");
        assertThat(named.sources().get(0).synthetic()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "TRUE,true",
        "1,true",
        "yes,true",
        "on,true",
        "false,false",
        "0,false",
        "no,false",
        "off,false",
        "'',false"
    })
    void testnetFlags(String text, boolean testnet) throws Exception {
        assertThat(load("BYBIT_CONNECTOR_TESTNET", text).text("bybit.connector.testnet"))
                .isEqualTo(Boolean.toString(testnet));
        assertThat(load("BYBIT_CONNECTOR_TESTNET", text).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATE_DIR", "SINK_DIR", "SINK_FILE_DIR"})
    void folderCannotBeBelowAFile(String variable) throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));
        String[] sinks = {"SINKS", "file", variable, ""};

        sinks[3] = "taken/x/y";
        assertThat(faults(sinks))
                .containsExactly(
                        variable + " is \"taken/x/y\"; it must be a folder, or not exist yet; " + file + " is a file");
        sinks[3] = "taken";
        assertThat(faults(sinks)).containsExactly(variable + " is \"taken\"; it must be a folder, or not exist yet");
        sinks[3] = "free/x/y";
        load(sinks);
    }

    @ParameterizedTest
    @CsvSource({"::1, [::1]:8080", "[::1], [::1]:8080", "127.0.0.1, 127.0.0.1:8080", "localhost, localhost:8080"})
    void addressOfTheHttpServerIsAsInAUrl(String host, String address) throws Exception {
        assertThat(load("HTTP_HOST", host).httpAddress()).isEqualTo(address);
    }

    @Test
    void stateOfOneHostIsNotTakenForThatOfAnother() throws Exception {
        String usual = load("DATA_SOURCE", "bybit_connector").stateName();
        String own = load("DATA_SOURCE", "bybit_connector", "BYBIT_WS_BASE_URL", "wss://one.example")
                .stateName();

        assertThat(usual).isEqualTo("bybit_connector");
        assertThat(own).matches("bybit_connector-[0-9a-f]{1,8}");
        assertThat(load("DATA_SOURCE", "bybit_connector", "BYBIT_WS_BASE_URL", "wss://one.example")
                        .stateName())
                .isEqualTo(own);
        assertThat(load("DATA_SOURCE", "bybit_connector", "BYBIT_WS_BASE_URL", "wss://two.example")
                        .stateName())
                .isNotEqualTo(own);
    }

    /** Of each venue, so that figures and paper accounts of test data are never continued with live data. */
    @ParameterizedTest
    @CsvSource({
        "binance_ws, BINANCE_WS_BASE_URL, ws://one.example, binance_ws-[0-9a-f]+",
        "binance_ws, BINANCE_REST_BASE_URL, http://one.example, binance_ws-[0-9a-f]+",
        "binance_ws, BINANCE_TESTNET, true, binance_ws-testnet",
        "binance_ws, BINANCE_TESTNET, yes, binance_ws-testnet",
        "binance_ws, BINANCE_US, true, binance_ws-us",
        "binance_ws, BINANCE_CONNECTOR_COMMAND, sh -c x, binance_ws-[0-9a-f]+",
        "binance_ws, BYBIT_WS_BASE_URL, ws://one.example, binance_ws",
        "bybit_connector, BYBIT_REST_BASE_URL, http://one.example, bybit_connector-[0-9a-f]+",
        "bybit_connector, BYBIT_CONNECTOR_TESTNET, true, bybit_connector-testnet",
        "bybit_connector, BYBIT_CONNECTOR_COMMAND, sh -c x, bybit_connector-[0-9a-f]+",
        "bybit_connector, CONNECTOR_COMMAND, sh -c x, bybit_connector-[0-9a-f]+",
        "bybit_connector, BINANCE_TESTNET, true, bybit_connector",
        "'bybit_connector,binance_ws', BINANCE_TESTNET, true, bybit_connector[+]binance_ws-testnet",
        "simulator, BYBIT_CONNECTOR_TESTNET, true, simulator"
    })
    void stateOfOtherHostsAndCommandsIsApart(String source, String variable, String value, String name)
            throws Exception {
        assertThat(load("DATA_SOURCE", source, variable, value).stateName()).matches(name);
    }

    @Test
    void aFlagThatIsNoBooleanIsWarnedAbout() throws Exception {
        Settings settings = load("BYBIT_CONNECTOR_TESTNET", "maybe");

        assertThat(settings.text("bybit.connector.testnet")).isEqualTo("false");
        assertThat(settings.warnings()).singleElement().asString().contains("BYBIT_CONNECTOR_TESTNET is \"maybe\"");
    }

    @Test
    void halfAPairOfKeysIsWarnedAboutWithoutShowingIt() throws Exception {
        assertThat(load("BYBIT_API_KEY", "hush").warnings())
                .singleElement()
                .asString()
                .contains("only BYBIT_API_KEY is set", "public data only")
                .doesNotContain("hush");
        assertThat(load("BYBIT_API_KEY", "hush", "BYBIT_API_SECRET", "hush").warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SYMBOL                      | foo:BTC  | foo is not a category; it must be one of linear
                    DATA_SOURCE | kraken | \
                        it must be one of simulator, bybit_connector, binance_ws, hft_connector, replay
                    DATA_SOURCE                 | Simulator | it must be one of
                    SYMBOL                      | BTC/USDT | each symbol must be 1 to 40 letters
                    SYMBOL                      | A,,B     | each symbol must be
                    SYMBOL                      | $(id)    | each symbol must be
                    BYBIT_CATEGORY              | futures  | it must be one of linear, inverse, spot, option
                    BYBIT_DEPTH                 | 7        | for linear it must be one of [1, 50, 200, 1000]
                    BYBIT_DEPTH                 | deep     | it must be a whole number from 1 to 1000
                    BYBIT_WS_BASE_URL           | https://x | it must be an address such as wss://host or ws://host:port
                    BYBIT_REST_BASE_URL         | x y      | it must be an address such as https://host
                    BYBIT_CONNECTOR_CONFIG_FILE | missing  | it must be a JSON file that can be read
                    CONNECTOR_PAPER_TRADING     | false    | it must be true: real orders are not supported
                    HTTP_CONNECTIONS            | 70       | it must be at least 8 more than STREAM_CLIENTS, which is 64
                    HTTP_IDLE                   | 0s       | it must be at least 1s
                    STREAM_CLIENTS              | 0        | it must be a whole number from 1 to 10000
                    SINKS                       | ../etc   | it must be a comma-separated list of at most 32 names
                    SINK_TYPES                  | trades   | it must be a comma-separated list of the types trade, depth
                    SINK_BUFFER_MB              | 0        | it must be a whole number from 1 to 1000000
                    SINK_DISK_RESERVE_MB        | -1       | it must be a whole number from 0 to 1000000
                    STREAM_QUEUE_KB             | 63       | it must be a whole number from 64 to 65536
                    STREAM_MESSAGE_BYTES        | 255      | it must be a whole number from 256 to 65536
                    STREAM_PING                 | 500ms    | it must be at least 1s
                    STREAM_TIMEOUT              | 20s      | it must be longer than STREAM_PING
                    STREAM_SLOW                 | soon     | it must be a duration such as
                    STREAM_ORIGINS              | app.example | it must be a comma list of origins such as
                    STREAM_ORIGINS              | https://a.example/page | it must be a comma list of origins such as
                    STREAM_ORIGINS              | *        | it must be a comma list of origins such as
                    HTTP_ORIGINS                | *        | it must be a comma list of origins such as
                    HTTP_ORIGINS                | null     | it must be a comma list of origins such as
                    CONNECTOR_COMMAND           | 'a       | the quote ' is not closed
                    CONNECTOR_WHEN_DONE         | stop     | it must be one of auto, finish, restart
                    CONNECTOR_RETRIES           | -1       | it must be a whole number from 0 to 100
                    STRATEGY_TIMEFRAMES         | 7s       | it must list 1 to 12 different timeframes from 1s to 1d
                    STRATEGY_REGIME_TIMEFRAME   | 2m       | it must be one of STRATEGY_TIMEFRAMES
                    STRATEGY_EQUITY_INTERVAL    | 10ms     | it must be at least 1s
                    STRATEGY_CLOCK_INTERVAL     | 10ms     | it must be at least 100ms
                    SINK_BACKOFF_MULTIPLIER     | 0        | it must be a number from 1.0 to 10.0
                    STRATEGY_LOCKSTEP           | maybe    | it must be one of auto, true, false
                    PAPER_CAPITAL               | 1e5      | it must be an amount above 0, such as 25000 or 0.5
                    PAPER_LIMIT_DAILY_LOSS      | 0        | it must be an amount above 0, such as 25000 or 0.5
                    PAPER_FEE_TAKER             | 5        | it must be a number from -0.01 to 0.1
                    CONNECTOR_BACKOFF_INITIAL   | soon     | it must be a duration such as 500ms, 30s or 5m
                    CONNECTOR_BACKOFF_MAX       | 1.5s     | it must be a duration
                    CONNECTOR_BACKOFF_MULTIPLIER | 0.5     | it must be a number from 1.0 to 10.0
                    CONNECTOR_BACKOFF_JITTER    | NaN      | it must be a number from 0.0 to 1.0
                    HTTP_PORT                   | 0        | it must be a whole number from 1 to 65535
                    HTTP_PORT                   | 99999999999 | it must be a whole number
                    SIMULATOR_SEED              | seven    | it must be a whole number
                    ROUTES_RELOAD               | maybe    | it must be one of true, false
                    ROUTES_DIR                  | nowhere  | it must be a folder of *.camel.yaml files
                    LOG_LEVEL                   | loud     | it must be one of TRACE, DEBUG, INFO, WARN, ERROR, OFF
                    LOG_LEVELS                  | sink     | "sink" must be PART=LEVEL
                    LOG_FORMAT                  | xml      | it must be text or json
                    HEALTH_FRESH                | 10 s     | it must be a duration
                    READY_WHEN                  | most     | it must be all, any, or a share
                    READY_WHEN                  | 120%     | it must be all, any, or a share
                    UNREADY_AFTER               | soon     | it must be a duration
                    READY_AFTER                 | -1s      | it must be a duration
                    REPLAY_SPEED                | fast     | it must be max, or a number above 0
                    REPLAY_FROM                 | yesterday | it must be a time such as 2026-11-25T08:00:00Z
                    PROFILE_TICK_SIZE           | 0        | it must be a decimal above 0
                    PROFILE_TICK_SIZE           | 1e999999999 | it must be a decimal above 0
                    PROFILE_MAX_BINS            | 17       | it must be a whole number from 1024 to 2097152
                    PROFILE_MAX_BINS            | 2097153  | it must be a whole number from 1024 to 2097152
                    OPENING_RANGE               | 8 o'clock | is not a window
                    OPENING_RANGE               | 08:00-08:10 Europe/Lundon | is not a time zone
                    SESSIONS                    | london   | is not a session
                    SESSIONS                    | london 08:00-12:00 Europe/Lundon | is not a time zone
                    CONTEXT_BACKFILL            | yes      | it must be one of off, levels
                    STATE_INTERVAL              | often    | it must be a duration
                    STATE_INTERVAL              | 0s       | it must be at least 100ms
                    REPLAY_SPEED                | 0        | it must be max, or a number above 0
                    REPLAY_FROM                 | noon     | it must be a time such as 2026-11-25T08:00:00Z
                    """)
    void eachFaultIsOneLineWithTheValueAndTheRule(String variable, String value, String rule) {
        assertThat(faults(variable, value))
                .singleElement()
                .asString()
                .startsWith(variable + " is \"" + value + "\"; ")
                .contains(rule)
                .doesNotContain("\n");
    }

    @Test
    void theMarketOfBinanceIsACategory() throws Exception {
        Settings spot = load("DATA_SOURCE", "binance_ws");
        assertThat(spot.sources().get(0).venue()).isEqualTo("binance");
        assertThat(spot.sources().get(0).command()).isEmpty();
        assertThat(spot.instruments().configured()).containsExactly(InstrumentId.of("binance", "spot", "BTCUSDT"));

        Settings futures = load(
                "DATA_SOURCE",
                "binance_ws",
                "BINANCE_MARKET",
                "usdm",
                "BINANCE_DEPTH",
                "20",
                "SYMBOL",
                "linear:ETHUSDT");
        assertThat(futures.sources().get(0).category()).isEqualTo("linear");
        assertThat(futures.sources().get(0).depth()).isEqualTo(20);
        assertThat(futures.symbolNames()).isEqualTo("ETHUSDT");
    }

    @Test
    void channelsAndSymbolsAreThoseOfTheSource() {
        assertThat(faults("DATA_SOURCE", "binance_ws", "CONNECTOR_CHANNELS", "trades,adl"))
                .singleElement()
                .asString()
                .startsWith("CONNECTOR_CHANNELS is \"trades,adl\"; channel is \"adl\", must be trades, depth");
        assertThat(faults("DATA_SOURCE", "binance_ws", "SYMBOL", "linear:BTCUSDT"))
                .singleElement()
                .asString()
                .contains("the category of a symbol must be spot");
        assertThat(faults("DATA_SOURCE", "binance_ws", "BINANCE_MARKET", "coinm"))
                .singleElement()
                .asString()
                .startsWith("BINANCE_MARKET is \"coinm\"; it must be one of spot, usdm");
        assertThat(faults("BINANCE_US", "true", "BINANCE_MARKET", "usdm"))
                .singleElement()
                .asString()
                .contains("Binance.US has spot only");
    }

    @Test
    void theSimulatorStandsForSeveralVenues() throws Exception {
        Settings both = load("DATA_SOURCE", "simulator", "SIMULATOR_VENUE", "bybit, binance,bybit");
        assertThat(both.sources())
                .extracting(SourceSettings::venue, SourceSettings::name, SourceSettings::stateName)
                .containsExactly(
                        tuple("bybit", "simulator", "simulator"), tuple("binance", "simulator", "simulator-binance"));
        assertThat(both.sourceName()).isEqualTo("simulator");
        assertThat(faults("DATA_SOURCE", "simulator", "SIMULATOR_VENUE", "bybit,nasdaq"))
                .singleElement()
                .asString()
                .endsWith("it must be one of bybit, binance, or several of them, separated by commas");
        assertThat(faults("DATA_SOURCE", "simulator,binance_ws", "SIMULATOR_VENUE", "bybit,binance"))
                .singleElement()
                .asString()
                .endsWith("simulator and binance_ws both have the venue binance, and each venue can have one source");
    }

    @Test
    void channelsOfTheSimulatorAreThoseOfItsVenue() throws Exception {
        assertThat(load("DATA_SOURCE", "simulator", "SIMULATOR_VENUE", "binance", "CONNECTOR_CHANNELS", "depth.2")
                        .sources()
                        .get(0)
                        .channels())
                .contains("depth.2");
        assertThat(faults("DATA_SOURCE", "simulator", "SIMULATOR_VENUE", "binance", "CONNECTOR_CHANNELS", "adl"))
                .singleElement()
                .asString()
                .contains("channel is \"adl\", must be trades, depth");
        assertThat(faults("DATA_SOURCE", "simulator", "SIMULATOR_VENUE", "binance", "SYMBOL", "linear:BTCUSDT"))
                .singleElement()
                .asString()
                .contains("the category of a symbol must be spot");
        assertThat(faults("DATA_SOURCE", "simulator", "CONNECTOR_CHANNELS", "depth.2"))
                .singleElement()
                .asString()
                .startsWith("CONNECTOR_CHANNELS is \"depth.2\"");
    }

    /** Each connector gets what is set; what is not is left to its file, as far as this program does not need it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "binance_ws|BINANCE|{'market':'usdm','depth':20,'testnet':true,'trades':'trade'}|linear|20|usdm",
                "bybit_connector|BYBIT|{'category':'inverse','depth':200,'testnet':true}|inverse|200|"
            })
    void aConfigurationFileIsReadBeforeTheDefaults(
            String source, String venue, String file, String category, int depth, String market) throws Exception {
        Files.writeString(folder.resolve("own.json"), file.replace('\'', '"'));
        Settings settings =
                load("DATA_SOURCE", source, venue + "_CONNECTOR_CONFIG_FILE", "own.json", "SYMBOL", "BTCUSDT");

        SourceSettings one = settings.sources().get(0);
        assertThat(one.category()).isEqualTo(category);
        assertThat(one.depth()).isEqualTo(depth);
        assertThat(one.instruments().configured())
                .extracting(InstrumentId::category)
                .containsExactly(category);
        assertThat(settings.stateName()).isEqualTo(source + "-testnet");
        Map<String, String> passed = settings.connectorSettings();
        assertThat(passed.get("BINANCE_MARKET")).isEqualTo(market == null ? "spot" : market);
        assertThat(passed).doesNotContainKeys("BINANCE_TRADES", "BYBIT_SITE", "BINANCE_HISTORY_DIR");
        assertThat(load(
                                "DATA_SOURCE",
                                source,
                                venue + "_CONNECTOR_CONFIG_FILE",
                                "own.json",
                                venue + "_DEPTH",
                                "50",
                                "BINANCE_TRADES",
                                "aggtrade")
                        .connectorSettings())
                .containsEntry(venue + "_DEPTH", "50")
                .containsEntry("BINANCE_TRADES", "aggtrade");
    }

    @Test
    void aFaultOfOneOfSeveralSourcesNamesItsVenue() throws Exception {
        assertThat(faults("DATA_SOURCE", "bybit_connector,binance_ws", "CONNECTOR_CHANNELS", "trades,adl"))
                .singleElement()
                .asString()
                .startsWith("CONNECTOR_CHANNELS is \"trades,adl\"; binance: channel is \"adl\", must be trades");
        assertThat(faults("DATA_SOURCE", "bybit_connector,binance_ws", "SYMBOL", "BTCUSDT,binance:linear:ETHUSDT"))
                .containsExactly("SYMBOL is \"BTCUSDT,binance:linear:ETHUSDT\"; binance: with BINANCE_MARKET spot the"
                        + " category of a symbol must be spot");
    }

    @Test
    void severalSourcesRunSideBySide() throws Exception {
        Settings both = load("DATA_SOURCE", "bybit_connector, binance_ws", "SYMBOL", "BTCUSDT,binance:spot:ETHUSDT");

        assertThat(texts(both)).containsExactly("bybit:linear:BTCUSDT", "binance:spot:BTCUSDT", "binance:spot:ETHUSDT");
        assertThat(both.sourceName()).isEqualTo("bybit_connector,binance_ws");
        assertThat(both.sources()).extracting(SourceSettings::venue).containsExactly("bybit", "binance");
        assertThat(both.sources())
                .extracting(SourceSettings::symbolNames)
                .containsExactly("BTCUSDT", "BTCUSDT,ETHUSDT");
        assertThat(both.stateName()).isEqualTo("bybit_connector+binance_ws");
        assertThat(load("DATA_SOURCE", "bybit_connector,binance_ws", "BINANCE_CONNECTOR_COMMAND", "sh -c x")
                        .sources())
                .extracting(SourceSettings::command)
                .containsExactly(List.of(), List.of("sh", "-c", "x"));
    }

    @Test
    void sourcesThatCannotRunSideBySideAreRefusedInOneLine() {
        assertThat(faults("DATA_SOURCE", "simulator,bybit_connector"))
                .singleElement()
                .asString()
                .contains("simulator and bybit_connector both have the venue bybit");
        assertThat(faults("DATA_SOURCE", "binance_ws,binance_ws")).hasSize(1);
        assertThat(faults("DATA_SOURCE", "binance_ws,"))
                .singleElement()
                .asString()
                .contains("it must be one of");
        assertThat(faults("DATA_SOURCE", "bybit_connector,binance_ws", "CONNECTOR_COMMAND", "sh x"))
                .singleElement()
                .asString()
                .contains("BYBIT_CONNECTOR_COMMAND");
        assertThat(faults("DATA_SOURCE", "bybit_connector,binance_ws", "SYMBOL", "bybit:linear:BTCUSDT"))
                .singleElement()
                .asString()
                .contains("it names no instrument of binance");
        assertThat(faults("DATA_SOURCE", "bybit_connector,binance_ws", "SYMBOL", "stub:linear:BTCUSDT"))
                .singleElement()
                .asString()
                .contains("which is bybit and binance");
        assertThat(faults("BYBIT_CONNECTOR_COMMAND", "no-such-feed"))
                .singleElement()
                .asString()
                .contains("BYBIT_CONNECTOR_COMMAND starts");
    }

    @Test
    void aReplayNeedsARecordingThatIsThere() throws Exception {
        Files.writeString(folder.resolve("a.ndjson"), "{}");
        assertThat(faults("DATA_SOURCE", "replay"))
                .singleElement()
                .asString()
                .startsWith("REPLAY_FILE is \"\"; a replay needs a recording");
        assertThat(faults("DATA_SOURCE", "replay", "REPLAY_FILE", "a.ndjson, b.ndjson"))
                .singleElement()
                .asString()
                .contains("b.ndjson is not there or cannot be read");
        assertThat(faults("REPLAY_FROM", "2026-11-25", "REPLAY_TO", "2026-11-24T23:00:00+02:00"))
                .singleElement()
                .asString()
                .contains("it must be later than REPLAY_FROM");

        Settings replay = load("DATA_SOURCE", "replay", "REPLAY_FILE", "a.ndjson");
        assertThat(replay.sources().get(0).command()).isEmpty();
        assertThat(replay.sources().get(0).synthetic()).isTrue();
        assertThat(replay.lockstep()).isTrue();
        assertThat(replay.keepsState()).isFalse();
        assertThat(replay.exitZeroFinishes(replay.sources().get(0))).isTrue();
        assertThat(load("DATA_SOURCE", "replay", "CONNECTOR_COMMAND", "sh x").sourceName())
                .isEqualTo("replay");
    }

    @Test
    void programsAreLookedForBeforeAnythingStarts() throws Exception {
        assertThat(faults("CONNECTOR_COMMAND", "no-such-feed x"))
                .singleElement()
                .asString()
                .contains("\"no-such-feed\"");
        Path plain = Files.writeString(folder.resolve("feed"), "");
        assertThat(faults("CONNECTOR_COMMAND", "./feed"))
                .singleElement()
                .asString()
                .contains("which is not an executable file");
        assertThat(plain.toFile().setExecutable(true)).isTrue();
        assertThat(load("CONNECTOR_COMMAND", "./feed a").sources().get(0).command())
                .containsExactly("./feed", "a");
        assertThat(faults("CONNECTOR_COMMAND", "'' a")).hasSize(1);
        assertThat(faults("CONNECTOR_COMMAND", ".")).hasSize(1);
    }

    @Test
    void optionsHaveTheirOwnDepths() throws Exception {
        assertThat(load("BYBIT_CATEGORY", "option").text("bybit.depth")).isEqualTo("25");
        assertThat(load("BYBIT_CATEGORY", "option", "BYBIT_DEPTH", "100").text("bybit.depth"))
                .isEqualTo("100");
        assertThat(faults("BYBIT_CATEGORY", "option", "BYBIT_DEPTH", "50")).hasSize(1);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(faults("CONTEXT_BACKFILL", ""))
                .singleElement()
                .asString()
                .startsWith("CONTEXT_BACKFILL is \"\"; it must be one of off, levels");
        assertThat(faults("DATA_SOURCE", "x", "HTTP_PORT", "x", "LOG_LEVEL", "x", "CONNECTOR_COOLDOWN", "x"))
                .hasSize(4);
    }

    @Test
    void valuesAreShownOnOneLineAndShort() {
        assertThat(faults("LOG_LEVEL", "a\nb" + "x".repeat(1_000)))
                .singleElement()
                .asString()
                .contains("\"a?bxxx")
                .hasSizeLessThan(250);
    }

    @Test
    void tooManySymbols() {
        String many = IntStream.rangeClosed(1, 1_001).mapToObj(i -> "S" + i).collect(Collectors.joining(","));

        assertThat(faults("SYMBOL", many)).singleElement().asString().contains("1001 symbols; at most 1000");
    }

    @Test
    void secretsBelongInTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "bybit.api.key = hush\nbybit.api.secret = hush\n");

        assertThat(faults())
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).contains("BYBIT_API_").doesNotContain("hush"));
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "1h,3600000", "250,250", "0s,0"})
    void durations(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void channelsAreTakenInTheirOrderAndOnce() throws Exception {
        assertThat(load(
                                "CONNECTOR_CHANNELS",
                                " ticker, depth.50 ,depth,depth.200,kline.1M,kline.1m,ticker,liquidations,"
                                        + "depth.rpi,adl,insurance,price-limit,system")
                        .channels())
                .containsExactly(
                        "ticker",
                        "depth",
                        "depth.200",
                        "kline.1M",
                        "kline.1m",
                        "liquidations",
                        "depth.rpi",
                        "adl",
                        "insurance",
                        "price-limit",
                        "system");
        assertThat(load("CONNECTOR_CHANNELS", "ticker,depth.100", "BYBIT_CATEGORY", "option")
                        .channels())
                .containsExactly("ticker", "depth.100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            linear | trades,,depth | \
                "" is not a channel; it must be a comma list of trades, depth, depth.N, ticker, liquidations
            linear | tickers         | "tickers" is not a channel
            linear | kline.60        | "kline.60" is not a channel
            linear | kline.1D        | with I one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h, 1d, 1w, 1M
            linear | depth.100       | depth is "100", must be one of [1, 50, 200, 1000] in category linear
            linear | depth.          | depth is "", must be one of
            option | trades,kline.1m | category option has no candles
            option | liquidations    | category option has no liquidations
            linear | liquidations    | liquidations alone may be silent for hours
            spot   | liquidations    | category spot has no liquidations
            linear | adl,system      | adl,system alone may be silent for hours
            linear | trades,adlAlert | "adlAlert" is not a channel
            spot   | trades,adl      | category spot has no channel adl
            option | trades,depth.rpi | category option has no channel depth.rpi
            """)
    void aChannelThatTheCategoryDoesNotHaveIsNamed(String category, String channels, String rule) {
        assertThat(faults("CONNECTOR_CHANNELS", channels, "BYBIT_CATEGORY", category))
                .singleElement()
                .asString()
                .startsWith("CONNECTOR_CHANNELS is \"" + channels + "\"; ")
                .contains(rule);
    }

    @Test
    void aFaultNamesTheVariableOrTheLineOfTheFileThatHoldsTheValue() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                "# my own\r\nhttp.port = x\r\n\r\nconnector.cooldown = a \\\r\n  while\nhealth.fresh = soon\n"
                        + "http.port = y\n");

        assertThat(faults("HEALTH_FRESH", "later"))
                .containsExactlyInAnyOrder(
                        "application.properties:7: http.port is \"y\"; it must be a whole number from 1 to 65535",
                        "application.properties:5: connector.cooldown is \"a while\";"
                                + " it must be a duration such as 500ms, 30s or 5m",
                        "HEALTH_FRESH is \"later\"; it must be a duration such as 500ms, 30s or 5m");
    }

    @Test
    void whatAConnectorFindsNamesTheLineOfTheFileToo() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "\nbybit.depth = 7\nbybit.category = option\n");

        assertThat(faults("BYBIT_CATEGORY", "linear"))
                .containsExactly("application.properties:2: bybit.depth is \"7\"; "
                        + "for linear it must be one of [1, 50, 200, 1000]");
    }

    @Test
    void aLineLongerThanTheReadersBufferCountsAsOne() throws Exception {
        Files.writeString(
                folder.resolve("application.properties"),
                "#" + "x".repeat(20_000) + "\nhttp.port = " + "9".repeat(9_000));

        assertThat(faults()).singleElement().asString().startsWith("application.properties:2: http.port is \"999");
    }

    @Test
    void wrongProxyIsAFaultWhereTheNetworkIsUsed() throws Exception {
        for (String variable : List.of("HTTPS_PROXY", "https_proxy", "BYBIT_PROXY")) {
            SettingsException e = catchThrowableOfType(
                    SettingsException.class,
                    () -> load("DATA_SOURCE", "bybit_connector", variable, "ftp://user:s3cret@proxy"));
            assertThat(e.faults())
                    .singleElement()
                    .asString()
                    .startsWith(variable + " is no proxy: ")
                    .doesNotContain("s3cret");
        }
        assertThat(load("HTTPS_PROXY", "ftp://proxy").warnings()).isEmpty();
        assertThat(load("CONNECTOR_COMMAND", "sh x", "HTTPS_PROXY", "ftp://proxy")
                        .warnings())
                .isEmpty();
    }

    @Test
    void stateDoesNotDependOnTheDefaultCategory() throws Exception {
        Settings before = load("DATA_SOURCE", "simulator", "SYMBOL", "BTCUSDT,spot:BTCUSDT,ETHUSDT");
        Settings after = load("DATA_SOURCE", "simulator", "BYBIT_CATEGORY", "spot", "SYMBOL", "linear:BTCUSDT,BTCUSDT");

        assertThat(before.stateName()).isEqualTo(after.stateName()).isEqualTo("simulator");
        assertThat(before.earlierStateNames(before.sources().get(0)))
                .containsExactly(entry("linear", "simulator-linear"), entry("spot", "simulator-spot"));
        assertThat(after.earlierStateNames(after.sources().get(0)))
                .containsExactly(entry("spot", "simulator-spot"), entry("linear", "simulator-linear"));
        Settings site = load("DATA_SOURCE", "bybit_connector", "BYBIT_SITE", "EU");
        assertThat(site.earlierStateNames(site.sources().get(0)))
                .containsExactly(entry("linear", "bybit_connector-linear-eu"));
    }

    @Test
    void stateOfSitesIsApart() throws Exception {
        assertThat(load("DATA_SOURCE", "bybit_connector", "BYBIT_SITE", "EU").stateName())
                .endsWith("-eu");
        assertThat(load("DATA_SOURCE", "bybit_connector", "BYBIT_SITE", "testnet")
                        .stateName())
                .isEqualTo(load("DATA_SOURCE", "bybit_connector", "BYBIT_CONNECTOR_TESTNET", "true")
                        .stateName());
        assertThat(load("DATA_SOURCE", "bybit_connector", "BYBIT_SITE", "global")
                        .stateName())
                .isEqualTo(load("DATA_SOURCE", "bybit_connector").stateName());
    }
}
