package dev.livefeed.exchange;

import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.engine.Venue;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The "exchange" command: runs a local exchange until the process is stopped. */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        description = "Runs a local exchange: a Bybit V5 or Binance server on loopback with simulated markets.")
public final class ExchangeCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "${env:EXCHANGE_HOST:-127.0.0.1}",
            description = "Address to listen on. Default: 127.0.0.1")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "${env:EXCHANGE_PORT:-8090}",
            description = "Port to listen on; 0 for any free port. Default: 8090")
    private int port;

    @Option(
            names = "--venue",
            defaultValue = "${env:EXCHANGE_VENUE:-bybit}",
            description = "Venues whose interfaces are served: bybit, binance or bybit,binance. Default: bybit")
    private String venues;

    @Option(
            names = "--connection-lifetime",
            defaultValue = "24h",
            description = "A connection of Binance is closed after this time, such as 30s, 5m or 24h. Default: 24h")
    private String connectionLifetime;

    @Option(
            names = "--symbols",
            split = ",",
            defaultValue = "${env:SYMBOL:-BTCUSDT}",
            description = "Symbols to list besides the built-in ones: BTCUSDT, or spot:BTCUSDT for one category.")
    private List<String> symbols;

    @Option(
            names = "--seed",
            defaultValue = "${env:EXCHANGE_SEED:-1}",
            description = "Seed of the simulated markets. Default: 1")
    private long seed;

    @Option(
            names = "--speed",
            defaultValue = "${env:EXCHANGE_SPEED:-1}",
            description = "Factor on the usual rate of orders. Default: 1")
    private double speed;

    @Option(names = "--levels", defaultValue = "1100", description = "Price levels per side. Default: 1100")
    private int levels;

    @Option(
            names = {"--trades-kept", "--tape"},
            defaultValue = "2000",
            description = "Trades kept per symbol (--tape is the former name). Default: 2000")
    private int tradesKept;

    @Option(names = "--truth", description = "Record the states of every book topic, for GET /control/book?u=…")
    private boolean truth;

    @Option(names = "--no-rate-limits", description = "Do not limit the rate of connections and requests.")
    private boolean noRateLimits;

    @Option(
            names = "--fault",
            description = "A fault to inject, for example lost,topic=orderbook.50.*,every=5s. Repeatable.")
    private List<String> faults = List.of();

    @Option(
            names = "--api-key",
            defaultValue = "${env:EXCHANGE_API_KEY:-local-key}",
            description = "API key that the private stream accepts. Its secret is EXCHANGE_API_SECRET, "
                    + "default local-secret.")
    private String apiKey;

    @Override
    public Integer call() throws InterruptedException {
        ExchangeConfig config;
        try {
            config = ExchangeConfig.builder()
                    .host(host)
                    .port(port)
                    .symbols(symbols.stream()
                            .map(String::strip)
                            .filter(symbol -> !symbol.isEmpty())
                            .toList())
                    .venues(Venue.parse(venues))
                    .lifetime(lifetime())
                    .seed(seed)
                    .speed(speed)
                    .levels(levels)
                    .tradesKept(tradesKept)
                    .truth(truth)
                    .rateLimits(!noRateLimits)
                    .apiKey(apiKey, System.getenv().getOrDefault("EXCHANGE_API_SECRET", "local-secret"))
                    .faults(faults)
                    .build();
        } catch (IllegalArgumentException e) {
            return refuse(e.getMessage(), USAGE);
        }
        try (ExchangeServer server = ExchangeServer.start(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "exchange-stop"));
            if (config.venues().contains(Venue.BYBIT)) {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "exchange listens: streams %s/v5/public/{spot,linear,inverse,option,"
                                        + "misc/status}, REST %s/v5/market%n",
                                server.streamUrl(), server.restUrl());
            }
            if (config.venues().contains(Venue.BINANCE)) {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "exchange listens as Binance: streams %s/{ws,stream} and, of futures, "
                                        + "/{public,market}/{ws,stream}, REST %s/{api/v3,fapi/v1}%n",
                                server.streamUrl(), server.restUrl());
            }
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
            return DONE;
        } catch (IOException e) {
            return refuse(e.getMessage(), UNAVAILABLE);
        }
    }

    private Duration lifetime() {
        try {
            return Duration.parse("PT" + connectionLifetime.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "exchange connection-lifetime is " + connectionLifetime + ", must be a time like 30s, 5m or 24h");
        }
    }

    private int refuse(String message, int status) {
        spec.commandLine().getErr().println(message);
        spec.commandLine().getErr().flush();
        return status;
    }
}
