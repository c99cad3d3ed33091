package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.access.NetworkAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with several addresses, of which only some answer. */
class HostDialerTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ScheduledExecutorService loop = NettyNetwork.newLoop("test");
    private final RecordingFeed feed = new RecordingFeed(new ManualTime());

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1"})
    void refusingAddressIsSkipped(String dead) throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::greet)) {
            NettyNetwork network = network(dead, "127.0.0.1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            feed.await("frame 1 hi");
        }
        try (RawServer server = new RawServer(HostDialerTest::answer)) {
            NettyNetwork network = network(dead, "127.0.0.1");
            loop.execute(() -> network.get(2, URI.create("http://api.example:" + server.port() + "/x")));
            feed.await("answered 2 200 0 {}");
        }
    }

    @Test
    void ipv6OnlyServerIsReached() throws Exception {
        try (RawServer server = new RawServer(InetAddress.getByName("::1"), HostDialerTest::greet)) {
            NettyNetwork network = network("127.0.0.1", "127.0.0.2", "::1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            feed.await("frame 1 hi");
        }
    }

    @Test
    void attemptFailsOnceAfterAllAddressesFailed() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        NettyNetwork network = network("127.0.0.1", "127.0.0.2");
        loop.execute(() -> {
            network.open(1, URI.create("ws://stream.example:" + port + "/ws"));
            network.get(2, URI.create("http://api.example:" + port + "/x"));
        });
        await().until(() -> feed.events.size() >= 2);

        assertThat(feed.events).hasSize(2).allSatisfy(event -> assertThat(event)
                .contains("cannot connect to ", "127.0.0.1:" + port, "; ", "127.0.0.2:" + port));
    }

    /** Dead addresses in front cost a second at most, however many there are. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.3,::1,127.0.0.2,127.0.0.1", "::1,127.0.0.2,127.0.0.1", "127.0.0.2,::1,127.0.0.1"})
    void deadAndUnresponsiveAddressesTogetherCostASecond(String addresses) throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::greet);
                UnresponsiveServer full = new UnresponsiveServer("127.0.0.2", server.port())) {
            full.fill();
            NettyNetwork network = network(addresses.split(","));
            long before = System.nanoTime();
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            feed.await("frame 1 hi");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofMillis(HostDialer.SPACING_MILLIS + 800));
            loop.execute(() -> network.close(1));
        }
    }

    /** IPv6 comes second although the resolver lists it last, so that a dead family costs one attempt. */
    @Test
    void familiesAlternate() throws Exception {
        try (RawServer server = new RawServer(InetAddress.getByName("::1"), HostDialerTest::greet);
                UnresponsiveServer two = new UnresponsiveServer("127.0.0.2", server.port());
                UnresponsiveServer three = new UnresponsiveServer("127.0.0.3", server.port());
                UnresponsiveServer four = new UnresponsiveServer("127.0.0.4", server.port())) {
            two.fill();
            three.fill();
            four.fill();
            NettyNetwork network = network("127.0.0.2", "127.0.0.3", "127.0.0.4", "::1");
            long before = System.nanoTime();
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            feed.await("opened 1 false");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofMillis(HostDialer.SPACING_MILLIS + 800));
        }
    }

    /** The request of a host that accepts and does not answer is lost; the next one goes to another address. */
    @Test
    void addressThatAcceptsButDoesNotAnswerRequestsIsAvoided() throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::answer);
                ServerSocket silent = new ServerSocket(server.port(), 5, InetAddress.getByName("127.0.0.2"))) {
            assertThat(silent.isBound()).isTrue();
            NettyNetwork network = network("127.0.0.2", "127.0.0.1");
            URI uri = URI.create("http://api.example:" + server.port() + "/x");
            loop.execute(() -> network.get(1, uri));
            feed.await("unanswered 1 no complete response within 2000 ms");
            loop.execute(() -> network.get(2, uri));
            feed.await("answered 2 200 0 {}");
        }
    }

    @Test
    void literalAddressesOfBothFamiliesAreReached() throws Exception {
        for (String host : List.of("127.0.0.1", "[::1]")) {
            try (RawServer server = new RawServer(InetAddress.getByName(host), HostDialerTest::answer)) {
                NettyNetwork network = network("127.0.0.9");
                feed.events.clear();
                loop.execute(() -> network.get(1, URI.create("http://" + host + ':' + server.port() + "/x")));
                feed.await("answered 1 200 0 {}");
            }
        }
    }

    /** The unresponsive address is also tried last from then on. */
    @Test
    void unresponsiveAddressLeavesTimeForTheOthers() throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::greet);
                UnresponsiveServer full = new UnresponsiveServer("127.0.0.2", server.port())) {
            full.fill();
            NettyNetwork network = network("127.0.0.2", "127.0.0.1");
            URI uri = URI.create("ws://stream.example:" + server.port() + "/ws");
            loop.execute(() -> network.open(1, uri));
            feed.await("opened 1 false");

            loop.execute(() -> network.close(1));
            long before = System.nanoTime();
            loop.execute(() -> network.open(2, uri));
            feed.await("opened 2 false");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("the responsive address is tried first")
                    .isLessThan(LIMIT.dividedBy(2));
        }
    }

    @Test
    void closedLinkIsNotTriedAtTheNextAddress() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> {
                    seen.add(peer.request());
                    peer.awaitClose();
                });
                UnresponsiveServer full = new UnresponsiveServer("127.0.0.2", server.port())) {
            full.fill();
            NettyNetwork network = network("127.0.0.2", "127.0.0.1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/one")));
            loop.submit(() -> {}).get(5, TimeUnit.SECONDS);
            loop.execute(() -> network.close(1));
            loop.execute(() -> network.open(2, URI.create("ws://stream.example:" + server.port() + "/two")));
            await().until(() -> !seen.isEmpty());

            assertThat(seen).singleElement().asString().startsWith("GET /two");
            assertThat(feed.events).isEmpty();
        }
    }

    private static void greet(RawServer.Peer peer) throws IOException {
        peer.accept(peer.request(), "");
        peer.send(new byte[] {(byte) 0x81, 2, 'h', 'i'});
        peer.awaitClose();
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        peer.request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        peer.awaitClose();
    }

    private NettyNetwork network(String... addresses) throws IOException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        NettyNetwork network = new NettyNetwork(
                loop, feed, LIMIT, LIMIT, NetworkAccess.DIRECT, new NameResolver(name -> List.of(all), LIMIT));
        network.listener(feed);
        return network;
    }

    /** A server socket with a full accept queue: connection attempts are not answered. */
    private static final class UnresponsiveServer implements AutoCloseable {

        private final ServerSocket server;
        private final List<Socket> waiting = new CopyOnWriteArrayList<>();

        UnresponsiveServer(String address, int port) throws IOException {
            server = new ServerSocket(port, 1, InetAddress.getByName(address));
        }

        void fill() throws IOException {
            try {
                for (int i = 0; i < 10; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    socket.connect(server.getLocalSocketAddress(), 100);
                }
                throw new IOException("the queue does not fill");
            } catch (SocketTimeoutException e) {
                // Full.
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }
}
