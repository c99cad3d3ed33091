package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ManualTime;
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
    private final ToldWords told = new ToldWords(new ManualTime());

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1"})
    void anAddressWhereNobodyListensDoesNotHideTheOneWhereSomebodyDoes(String dead) throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::greet)) {
            NettyNetwork network = network(dead, "127.0.0.1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            told.await("opened 1 false");
            told.await("frame 1 hi");
        }
        try (RawServer server = new RawServer(HostDialerTest::answer)) {
            NettyNetwork network = network(dead, "127.0.0.1");
            loop.execute(() -> network.get(2, URI.create("http://api.example:" + server.port() + "/x")));
            told.await("answered 2 200 0 {}");
        }
    }

    @Test
    void aServerOfIpv6AloneIsReached() throws Exception {
        try (RawServer server = new RawServer(InetAddress.getByName("::1"), HostDialerTest::greet)) {
            NettyNetwork network = network("127.0.0.1", "127.0.0.2", "::1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/ws")));
            told.await("opened 1 false");
            told.await("frame 1 hi");
        }
    }

    @Test
    void theAttemptFailsOnceWhenEveryAddressHasFailed() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        NettyNetwork network = network("127.0.0.1", "127.0.0.2");
        loop.execute(() -> {
            network.open(1, URI.create("ws://stream.example:" + port + "/ws"));
            network.get(2, URI.create("http://api.example:" + port + "/x"));
        });
        await().until(() -> told.words.size() >= 2);

        assertThat(told.words).hasSize(2).allSatisfy(word -> assertThat(word)
                .contains("cannot connect to ", "127.0.0.1:" + port, "; ", "127.0.0.2:" + port));
    }

    /** One that swallows connections leaves time for the others, and is tried last from then on. */
    @Test
    void anAddressThatDoesNotAnswerLeavesTimeForTheOthers() throws Exception {
        try (RawServer server = new RawServer(HostDialerTest::greet);
                Swallower full = new Swallower("127.0.0.2", server.port())) {
            full.fill();
            NettyNetwork network = network("127.0.0.2", "127.0.0.1");
            URI uri = URI.create("ws://stream.example:" + server.port() + "/ws");
            loop.execute(() -> network.open(1, uri));
            told.await("opened 1 false");

            loop.execute(() -> network.close(1));
            long before = System.nanoTime();
            loop.execute(() -> network.open(2, uri));
            told.await("opened 2 false");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("the one that answered is tried first")
                    .isLessThan(LIMIT.dividedBy(2));
        }
    }

    @Test
    void aLinkThatIsClosedMeanwhileIsNotTriedAtTheNextAddress() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> {
                    seen.add(peer.request());
                    peer.awaitClose();
                });
                Swallower full = new Swallower("127.0.0.2", server.port())) {
            full.fill();
            NettyNetwork network = network("127.0.0.2", "127.0.0.1");
            loop.execute(() -> network.open(1, URI.create("ws://stream.example:" + server.port() + "/one")));
            loop.submit(() -> {}).get(5, TimeUnit.SECONDS);
            loop.execute(() -> network.close(1));
            loop.execute(() -> network.open(2, URI.create("ws://stream.example:" + server.port() + "/two")));
            await().until(() -> !seen.isEmpty());

            assertThat(seen).singleElement().asString().startsWith("GET /two");
            assertThat(told.words).isEmpty();
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
        NettyNetwork network =
                new NettyNetwork(loop, told, LIMIT, LIMIT, new NameResolver(name -> List.of(all), LIMIT));
        network.listener(told);
        return network;
    }

    /** Listens, and lets nobody in: its queue is full. */
    private static final class Swallower implements AutoCloseable {

        private final ServerSocket server;
        private final List<Socket> waiting = new CopyOnWriteArrayList<>();

        Swallower(String address, int port) throws IOException {
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
