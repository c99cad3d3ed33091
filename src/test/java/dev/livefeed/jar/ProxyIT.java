package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.session.TunnelProxy;
import dev.livefeed.exchange.ExchangeServer;
import dev.livefeed.exchange.engine.ExchangeConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector's process behind a proxy that wants a login. */
@ExtendWith(JarExtension.class)
class ProxyIT {

    private static final String PASSWORD = "s3cret-w0rd";

    private ExchangeServer exchange;

    @BeforeEach
    void startExchange() throws Exception {
        exchange = ExchangeServer.start(
                ExchangeConfig.builder().port(0).symbols(List.of("BTCUSDT")).build());
    }

    @AfterEach
    void stopExchange() throws Exception {
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void eventsComeThroughTheProxyAndTheLoginIsNowhere(String scheme, Jar jar) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy("user:" + PASSWORD)) {
            jar.with("BYBIT_PROXY", scheme + "://user:" + PASSWORD + "@127.0.0.1:" + proxy.port());
            start(jar);
            jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());

            assertThat(proxy.asked)
                    .anyMatch(target -> target.endsWith(hostAndPort(exchange.streamUrl())))
                    .anyMatch(target -> target.endsWith(hostAndPort(exchange.restUrl())));
            jar.awaitLog("127.0.0.1 is reached through the proxy 127.0.0.1:" + proxy.port() + " .BYBIT_PROXY.");
            assertThat(shown(jar)).doesNotContain(PASSWORD);
        }
    }

    @Test
    void refusedLoginIsToldWithItsCauseAndWithoutIt(Jar jar) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy("user:" + PASSWORD)) {
            jar.with("BYBIT_PROXY", "http://user:wr0ng-w0rd@127.0.0.1:" + proxy.port());
            start(jar);
            jar.awaitLog("answered CONNECT with 407 Proxy Authentication Required: it refused the login");
            assertThat(shown(jar)).doesNotContain(PASSWORD, "wr0ng-w0rd");
        }
    }

    @Test
    void proxyOfTheEnvironmentIsNotUsedForLoopbackAndALineSaysSo(Jar jar) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(null)) {
            jar.with("http_proxy", "http://user:" + PASSWORD + "@127.0.0.1:" + proxy.port());
            start(jar);
            jar.awaitHealth("ready", h -> h.at("/connector/ready").asBoolean());
            jar.awaitLog("127.0.0.1 is reached without the proxy 127.0.0.1:" + proxy.port() + " .http_proxy.: it is a");
            assertThat(proxy.asked).isEmpty();
            assertThat(shown(jar)).doesNotContain(PASSWORD);
        }
    }

    @Test
    void wrongProxyIsOneLine(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector").with("HTTPS_PROXY", "http://user:" + PASSWORD + "@");
        assertThat(jar.run()).isEqualTo(78);
        assertThat(jar.text("err")).contains("error: HTTPS_PROXY is no proxy: ").doesNotContain(PASSWORD);
        assertThat(jar.text("err").lines().filter(line -> line.contains("HTTPS_PROXY")))
                .hasSize(1);
    }

    private void start(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector")
                .with("BYBIT_WS_BASE_URL", exchange.streamUrl())
                .with("BYBIT_REST_BASE_URL", exchange.restUrl())
                .start();
    }

    private static String hostAndPort(String url) {
        return url.substring(url.indexOf("//") + 2);
    }

    private static String shown(Jar jar) {
        StringBuilder shown = new StringBuilder(jar.text("err")).append(jar.text("out"));
        for (String path : List.of("/ws/health", "/ready", "/observe/health", "/observe/metrics", "/dead-letters")) {
            shown.append(jar.get(path).body());
        }
        for (ProcessHandle process : jar.living()) {
            shown.append(process.info().commandLine().orElse(""));
        }
        return shown.toString();
    }
}
