package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.access.NetworkAccess;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The network with servers that misbehave at the byte level. */
class NettyNetworkTest {

    private final ManualTime time = new ManualTime();
    private final ScheduledExecutorService loop = NettyNetwork.newLoop("test");
    private final RecordingFeed feed = new RecordingFeed(time);
    private final NettyNetwork network =
            new NettyNetwork(loop, feed, Duration.ofMillis(700), Duration.ofMillis(600), NetworkAccess.DIRECT);

    NettyNetworkTest() {
        network.listener(feed);
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @Test
    void opensSendsAndReceivesWithoutOfferingCompression() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> {
            String request = peer.request();
            seen.add(request);
            peer.accept(request, "");
            seen.add(peer.frame());
            peer.send(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("opened 1 false");
            loop.execute(() -> network.send(1, "{\"op\":\"ping\"}"));
            feed.await("frame 1 hello");

            assertThat(seen.get(0)).startsWith("GET /v5/public/linear HTTP/1.1");
            assertThat(seen.get(0).toLowerCase(Locale.ROOT)).doesNotContain("sec-websocket-extensions");
            assertThat(seen.get(1)).isEqualTo("{\"op\":\"ping\"}");
        }
    }

    @Test
    void webSocketPingIsAnsweredByAPong() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.frame();
            peer.send(new byte[] {(byte) 0x8a, 0});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("opened 1 false");
            loop.execute(() -> network.ping(1));
            feed.await("pong 1");
        }
    }

    @Test
    void syntheticHeaderIsReported() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "X-Synthetic: true\r\n");
            peer.awaitClose();
        })) {
            open(server);
            feed.await("opened 1 true");
        }
    }

    @Test
    void fragmentsArriveAsOneMessage() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.send(new byte[] {0x01, 2, 'a', 'b', (byte) 0x89, 1, 'p', 0x00, 1, 'c', (byte) 0x80, 1, 'd'});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("frame 1 abcd");
        }
    }

    @Test
    void binaryMessageIsReadLikeText() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.send(new byte[] {(byte) 0x82, 2, '{', '}'});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("frame 1 {}");
        }
    }

    @Test
    void rejectedHandshakeReportsItsStatus() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nbanned");
            peer.awaitClose();
        })) {
            open(server);
            feed.await("closed 1 403 the WebSocket handshake was answered with 403 Forbidden");
        }
    }

    @Test
    void endClosesAllConnectionsWithoutEvents() throws Exception {
        CountDownLatch closed = new CountDownLatch(2);
        try (RawServer stream = new RawServer(peer -> {
                    peer.accept(peer.request(), "");
                    peer.awaitClose();
                    closed.countDown();
                });
                RawServer rest = new RawServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                    peer.awaitClose();
                    closed.countDown();
                })) {
            open(stream);
            loop.execute(() -> network.get(1, URI.create("http://127.0.0.1:" + rest.port() + "/x")));
            feed.await("opened 1 false");
            feed.await("answered 1 200 0 {}");

            loop.execute(network::end);

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(feed.events).hasSize(2);
        }
    }

    @Test
    void unansweredHandshakeTimesOut() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            end.await();
        })) {
            open(server);
            feed.await("closed 1 0 no WebSocket handshake within 700 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void refusedConnectionIsReported() throws Exception {
        int port;
        try (RawServer server = new RawServer(peer -> {})) {
            port = server.port();
        }
        loop.execute(() -> network.open(1, URI.create("ws://127.0.0.1:" + port + "/v5/public/linear")));
        await().until(() -> feed.events.stream().anyMatch(w -> w.startsWith("closed 1 0 cannot connect to 127.0.0.1")));
    }

    @Test
    void closeFrameAndResetAreReportedOnce() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.send(new byte[] {(byte) 0x88, 5, 0x03, (byte) 0xe9, 'b', 'y', 'e'});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("closed 1 0 closed by the other side with 1001 bye");
        }
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.send(new byte[] {(byte) 0x81, 100, 'h'});
            peer.reset();
        })) {
            loop.execute(() -> network.open(2, uri(server)));
            feed.await("opened 2 false");
            await().until(() -> feed.events.stream().anyMatch(w -> w.startsWith("closed 2 0 ")));
        }
        assertThat(feed.events).filteredOn(w -> w.startsWith("closed")).hasSize(2);
        assertThat(feed.events).noneMatch(w -> w.startsWith("frame"));
    }

    @Test
    void closedLinkReportsNoEvents() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.frame();
            peer.send(new byte[] {(byte) 0x81, 1, 'x'});
            peer.awaitClose();
        })) {
            open(server);
            feed.await("opened 1 false");
            CountDownLatch closed = new CountDownLatch(1);
            loop.execute(() -> {
                network.send(1, "go");
                network.close(1);
                closed.countDown();
            });
            closed.await();
            loop.execute(() -> network.open(2, uri(server)));
            feed.await("opened 2 false");

            assertThat(feed.events).containsExactly("opened 1 false", "opened 2 false");
        }
    }

    @Test
    void invalidFramesCloseTheConnection() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.accept(peer.request(), "");
            peer.send(new byte[] {(byte) 0xf1, (byte) 0xff, 1, 2, 3});
            peer.awaitClose();
        })) {
            open(server);
            await().until(() -> feed.events.stream().anyMatch(w -> w.startsWith("closed 1 0 ")));
        }
    }

    @Test
    void httpResponsesShareOneConnection() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = new RawServer(peer -> {
            seen.add("connection");
            seen.add(peer.request());
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            seen.add(peer.request());
            peer.send("HTTP/1.1 429 Slow\r\nX-Bapi-Limit-Reset-Timestamp: 77\r\nContent-Length: 0\r\n\r\n");
            peer.awaitClose();
        })) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v5/market/time?a=b");
            loop.execute(() -> network.get(1, uri));
            feed.await("answered 1 200 0 {}");
            loop.execute(() -> network.get(2, uri));
            feed.await("answered 2 429 77 ");

            assertThat(seen).hasSize(3);
            assertThat(seen.get(1)).startsWith("GET /v5/market/time?a=b HTTP/1.1");
        }
    }

    @Test
    void httpConnectionClosedBeforeTheResponseIsReported() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::request)) {
            loop.execute(() -> network.get(1, URI.create("http://127.0.0.1:" + server.port() + "/x")));
            await().until(() -> feed.events.stream().anyMatch(w -> w.startsWith("unanswered 1 ")));
        }
    }

    @Test
    void slowHttpResponseTimesOutAndItsConnectionIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            try {
                while (!closed.await(50, TimeUnit.MILLISECONDS)) {
                    peer.send(" ");
                }
            } catch (IOException e) {
                closed.countDown();
            }
        })) {
            loop.execute(() -> network.get(1, URI.create("http://127.0.0.1:" + server.port() + "/x")));
            feed.await("unanswered 1 no complete response within 600 ms");
            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            closed.countDown();
        }
    }

    @Test
    void unresolvedHostIsReportedWithoutBlockingTheLoop() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        NameResolver names = new NameResolver(
                name -> {
                    await().until(() -> never.getCount() == 0);
                    throw new UnknownHostException(name);
                },
                Duration.ofMillis(300));
        NettyNetwork network =
                new NettyNetwork(loop, feed, Duration.ofSeconds(5), Duration.ofSeconds(5), NetworkAccess.DIRECT, names);
        network.listener(feed);
        try {
            loop.execute(() -> {
                network.open(1, URI.create("wss://stream.example/v5/public/linear"));
                network.open(2, URI.create("wss://stream.example/v5/public/linear"));
                network.get(3, URI.create("https://api.example/v5/market/time"));
                network.close(2);
            });
            feed.await("closed 1 0 cannot connect to stream.example: stream.example: not resolved within 300 ms");
            feed.await("unanswered 3 cannot connect to api.example: api.example: not resolved within 300 ms");
            assertThat(feed.events).noneMatch(event -> event.startsWith("closed 2"));
        } finally {
            never.countDown();
            loop.submit(network::end).get(5, TimeUnit.SECONDS);
        }
    }

    private void open(RawServer server) {
        loop.execute(() -> network.open(1, uri(server)));
    }

    private static URI uri(RawServer server) {
        return URI.create("ws://127.0.0.1:" + server.port() + "/v5/public/linear");
    }
}
