package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.access.NetworkAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and requests through real proxies. The names of hosts cannot be resolved on this side of them. */
class ProxyTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String SECRET = "p@ss:w0rd";
    private static final String LOGIN = "user:p%40ss%3Aw0rd@";

    private final ScheduledExecutorService loop = NettyNetwork.newLoop("test");
    private final RecordingFeed feed = new RecordingFeed(new ManualTime());
    private NettyNetwork network;

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"http, CONNECT", "http://, CONNECT", "socks5://, SOCKS5", "socks5h://, SOCKS5"})
    void streamsAndRequestsPassTheProxyWhichResolvesTheName(String scheme, String kind) throws Exception {
        for (String login : List.of("", LOGIN)) {
            feed.events.clear();
            try (TunnelProxy proxy = new TunnelProxy(login.isEmpty() ? null : "user:" + SECRET)) {
                network((scheme.equals("http") ? "" : scheme) + login + "127.0.0.1:" + proxy.port());
                int stream = greeted();
                int rest = answered();

                assertThat(proxy.asked)
                        .containsExactly(kind + " stream.example:" + stream, kind + " api.example:" + rest);
            }
        }
    }

    /** The first bytes behind the proxy are a TLS handshake for the host, not for the proxy. */
    @ParameterizedTest
    @ValueSource(strings = {"http://", "socks5://"})
    void tlsIsSpokenWithTheHostInsideTheTunnel(String scheme) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TunnelProxy proxy = new TunnelProxy(null);
                RawServer server = new RawServer(peer -> seen.add(hello(peer)))) {
            network(scheme + "127.0.0.1:" + proxy.port());
            loop.execute(() -> network.open(1, URI.create("wss://stream.example:" + server.port() + "/ws")));
            await().until(() -> !seen.isEmpty());
            loop.execute(() -> network.get(2, URI.create("https://api.example:" + server.port() + "/x")));
            await().until(() -> seen.size() > 1 && feed.events.size() > 1);

            assertThat(seen.get(0)).contains("stream.example");
            assertThat(seen.get(1)).contains("api.example");
            assertThat(feed.events)
                    .anyMatch(event -> event.startsWith("closed 1 0 no TLS connection to stream.example"));
        }
    }

    @Test
    void proxyOverTlsIsGreetedByTls() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> seen.add(hello(peer)))) {
            network("https://127.0.0.1:" + server.port());
            loop.execute(() -> network.open(1, URI.create("ws://stream.example/ws")));
            await().until(() -> !feed.events.isEmpty());

            assertThat(seen.get(0)).startsWith("\u0016\u0003").doesNotContain("stream.example");
            assertThat(feed.events.get(0)).startsWith("closed 1 0 the proxy 127.0.0.1:" + server.port());
        }
    }

    @Test
    void addressesAreGivenToTheProxyAsSuch() throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(null)) {
            network("socks5://127.0.0.1:" + proxy.port());
            try (RawServer server = new RawServer(InetAddress.getByName("::1"), ProxyTest::greet)) {
                loop.execute(() -> network.open(1, URI.create("ws://[::1]:" + server.port() + "/ws")));
                feed.await("frame 1 hi");
                assertThat(proxy.asked).containsExactly("SOCKS5 0:0:0:0:0:0:0:1:" + server.port());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "407 Proxy Authentication Required|it wants a login; set user and password in BYBIT_PROXY",
                "403 Forbidden|its rules do not allow this host or port",
                "503 Service Unavailable|it cannot reach the host",
                "405 Method Not Allowed|405 Method Not Allowed"
            })
    void refusedConnectIsToldWithItsCause(String status, String cause) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(null)) {
            proxy.httpRefusal = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno";
            network("http://127.0.0.1:" + proxy.port());
            refused("the proxy 127.0.0.1:" + proxy.port() + " (BYBIT_PROXY) answered CONNECT with " + status, cause);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, FORBIDDEN", "3, NETWORK_UNREACHABLE", "4, HOST_UNREACHABLE", "5, CONNECTION_REFUSED", "99, UNKNOWN"
    })
    void refusedSocksRequestIsToldWithItsCause(int reply, String cause) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy(null)) {
            proxy.socksReply = reply;
            network("socks5://127.0.0.1:" + proxy.port());
            refused("the proxy 127.0.0.1:" + proxy.port() + " (BYBIT_PROXY) cannot connect: " + cause);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://, it wants a login",
        "http://user:wr0ngpw@, it refused the login",
        "socks5://, wants a login",
        "socks5://user:wr0ngpw@, refused the login"
    })
    void wrongLoginIsToldWithoutIt(String beginning, String cause) throws Exception {
        try (TunnelProxy proxy = new TunnelProxy("user:" + SECRET)) {
            network(beginning + "127.0.0.1:" + proxy.port());
            refused("the proxy 127.0.0.1:" + proxy.port(), cause, "BYBIT_PROXY");
            assertThat(feed.events.toString()).doesNotContain("wr0ngpw", "user:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "socks5://"})
    void proxyThatSpeaksSomethingElseIsNamed(String scheme) throws Exception {
        try (RawServer server = new RawServer(peer -> peer.send("SSH-2.0-OpenSSH_9.9\r\n\r\n"))) {
            network(scheme + "127.0.0.1:" + server.port());
            refused("the proxy 127.0.0.1:" + server.port() + " (BYBIT_PROXY)", "check its kind and port");
        }
        feed.events.clear();
        try (RawServer server = new RawServer(peer -> {})) {
            network(scheme + "127.0.0.1:" + server.port());
            refused("the proxy 127.0.0.1:" + server.port() + " (BYBIT_PROXY)");
        }
    }

    @Test
    void proxyThatCannotBeReachedIsNamed() throws Exception {
        int port;
        try (RawServer server = new RawServer(peer -> {})) {
            port = server.port();
        }
        network("http://127.0.0.1:" + port);
        refused(
                "cannot connect to ",
                "the proxy 127.0.0.1:" + port + " (BYBIT_PROXY) cannot be reached: ",
                "Connection refused");
        feed.events.clear();
        network("http://no-such-proxy.example:3128");
        refused("the proxy no-such-proxy.example:3128 (BYBIT_PROXY) cannot be reached: ", "unknown here");
    }

    @Test
    void furtherHeadersAreSentToTheHostAndNotToTheProxy() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TunnelProxy proxy = new TunnelProxy(null);
                RawServer server = new RawServer(peer -> {
                    String request = peer.request();
                    seen.add(request);
                    if (request.contains("/ws")) {
                        peer.accept(request, "");
                    } else {
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
                    }
                })) {
            network(Map.of(
                    "BYBIT_PROXY",
                    "127.0.0.1:" + proxy.port(),
                    "BYBIT_HEADERS",
                    "x-site-id: ARG_BTL | User-Agent: mine/1"));
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            loop.execute(() -> network.get(2, URI.create("http://api.example:" + server.port() + "/x")));
            feed.await("answered 2 200 0 {}");

            assertThat(seen).hasSize(2).allSatisfy(request -> assertThat(request.toLowerCase())
                    .contains("\r\nx-site-id: arg_btl\r\n", "\r\nuser-agent: mine/1\r\n")
                    .containsOnlyOnce("user-agent"));
        }
    }

    private static String hello(RawServer.Peer peer) throws IOException {
        byte[] bytes = peer.bytes(200);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private int greeted() throws Exception {
        try (RawServer server = new RawServer(ProxyTest::greet)) {
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            feed.await("frame 1 hi");
            loop.execute(() -> network.close(1));
            return server.port();
        }
    }

    private int answered() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        })) {
            loop.execute(() -> network.get(2, URI.create("http://api.example:" + server.port() + "/x")));
            feed.await("answered 2 200 0 {}");
            return server.port();
        }
    }

    private static void greet(RawServer.Peer peer) throws IOException {
        peer.accept(peer.request(), "");
        peer.send(new byte[] {(byte) 0x81, 2, 'h', 'i'});
        peer.awaitClose();
    }

    /** Stream and request, plain and secure, are refused with all of these texts. */
    private void refused(String... texts) {
        loop.execute(() -> {
            network.open(1, URI.create("ws://stream.example:1/ws"));
            network.open(2, URI.create("wss://stream.example/ws"));
            network.get(3, URI.create("http://api.example/x"));
            network.get(4, URI.create("https://api.example/x"));
        });
        await().untilAsserted(() -> assertThat(feed.events).hasSize(4));
        assertThat(feed.events).hasSize(4).allSatisfy(event -> assertThat(event).contains(texts));
    }

    private void network(String proxy) throws Exception {
        network(Map.of("BYBIT_PROXY", proxy));
    }

    private void network(Map<String, String> environment) throws Exception {
        ConnectorSettings settings = new ConnectorSettings(environment, "NO_FILE");
        NetworkAccess access = NetworkAccess.read(settings, "BYBIT_PROXY", "BYBIT_HEADERS");
        settings.check();
        NameResolver names = new NameResolver(
                name -> {
                    if (name.equals("127.0.0.1")) {
                        return List.of(InetAddress.getByName(name));
                    }
                    throw new UnknownHostException(name + ": unknown here");
                },
                LIMIT);
        network = new NettyNetwork(loop, feed, LIMIT, LIMIT, access, names);
        network.listener(feed);
    }
}
