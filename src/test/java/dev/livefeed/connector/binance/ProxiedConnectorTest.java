package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.session.TunnelProxy;
import dev.livefeed.protocol.model.Trade;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Streams and requests through {@code BINANCE_PROXY}. */
@Timeout(120)
class ProxiedConnectorTest {

    private static final String BTC = "BTCUSDT";
    private static final String PASSWORD = "s3cret-w0rd";

    private static String host(ScriptedBinance server) {
        return URI.create(server.settings().get("BINANCE_REST_BASE_URL")).getAuthority();
    }

    @ParameterizedTest
    @CsvSource({"SPOT, http, true", "SPOT, http, false", "USDM, http, true", "SPOT, socks5, true"})
    void booksAndTradesComeThroughTheProxy(BinanceMarket market, String scheme, boolean login) throws Exception {
        try (ScriptedBinance server = new ScriptedBinance(market, 60, BTC);
                TunnelProxy proxy = new TunnelProxy(login ? "user:" + PASSWORD : null);
                RunningConnector connector = new RunningConnector(
                        server,
                        "",
                        "BINANCE_PROXY",
                        scheme + "://" + (login ? "user:" + PASSWORD + "@" : "") + "127.0.0.1:" + proxy.port())) {
            connector.subscribe("depth", BTC);
            connector.subscribe("trades", BTC);
            connector.awaitStatus("synced");
            connector.awaitSince(0, Trade.class::isInstance);

            String kind = scheme.equals("http") ? "CONNECT " : "SOCKS5 ";
            assertThat(proxy.asked).hasSizeGreaterThanOrEqualTo(2).containsOnly(kind + host(server));
        }
    }

    @Test
    void aRefusedLoginIsReportedWithoutIt() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.SPOT, 60, BTC);
                TunnelProxy proxy = new TunnelProxy("user:" + PASSWORD);
                RunningConnector connector = new RunningConnector(
                        server, "", "BINANCE_PROXY", "http://user:wr0ng-w0rd@127.0.0.1:" + proxy.port())) {
            connector.subscribe("depth", BTC);
            connector.awaitStatus("disconnected");

            assertThat(connector.statuses("disconnected").get(0).reason())
                    .contains("407", "refused the login")
                    .doesNotContain("wr0ng", "user:");
            assertThat(connector.events().toString()).doesNotContain("wr0ng-w0rd");
            assertThat(server.requests).isEmpty();
        } finally {
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("wr0ng-w0rd") || line.contains(PASSWORD));
    }

    /** The network fails while the proxy is down, and is back when it is. */
    @Test
    void aProxyThatIsDownIsNamedAndTriedAgain() throws Exception {
        int port;
        try (TunnelProxy proxy = new TunnelProxy(null)) {
            port = proxy.port();
        }
        try (ScriptedBinance server = new ScriptedBinance(BinanceMarket.SPOT, 60, BTC);
                RunningConnector connector = new RunningConnector(
                        server, "{\"reconnect_longest_ms\":1000}", "BINANCE_PROXY", "http://127.0.0.1:" + port)) {
            connector.subscribe("depth", BTC);
            connector.awaitStatus("disconnected");
            assertThat(connector.statuses("disconnected").get(0).reason()).contains("proxy 127.0.0.1:" + port);
            try (TunnelProxy proxy = new TunnelProxy(null, port)) {
                connector.awaitStatus("synced");
                assertThat(proxy.asked).containsOnly("CONNECT " + host(server));
            }
        }
    }
}
