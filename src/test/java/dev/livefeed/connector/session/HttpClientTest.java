package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.access.NetworkAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no good server gives: each ends its request once, and its connection is not used again. */
class HttpClientTest {

    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final int MEGABYTE = 1 << 20;

    private final ManualTime time = new ManualTime();
    private final ScheduledExecutorService loop = NettyNetwork.newLoop("test");
    private final RecordingFeed feed = new RecordingFeed(time);
    private final NettyNetwork network =
            new NettyNetwork(loop, feed, Duration.ofSeconds(5), Duration.ofSeconds(2), NetworkAccess.DIRECT);
    private final AtomicInteger connections = new AtomicInteger();

    HttpClientTest() {
        network.listener(feed);
    }

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"retCode\":0,",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"retCod",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le"
            })
    void anAnswerThatEndsTooSoonIsNone(String start) throws Exception {
        try (RawServer server = first(peer -> peer.send(start))) {
            get(server, 1);

            assertThat(answer(1)).startsWith("unanswered 1 ");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() throws Exception {
        try (RawServer server = first(peer -> peer.send("HTTP/1.1 200 OK\r\n\r\n{\"cut\":"))) {
            get(server, 1);

            assertThat(answer(1)).isEqualTo("answered 1 200 0 {\"cut\":");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void aBrokenChunkIsNoAnswer() throws Exception {
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nxyz\r\n");
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(answer(1)).startsWith("unanswered 1 ");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void whatIsNoHttpIsNoGoodAnswer() throws Exception {
        try (RawServer server = first(peer -> {
            peer.send("{\"retCode\":0,\"result\":{}}\r\n\r\n");
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(answer(1)).doesNotStartWith("answered 1 200");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void anAnswerThatSaysThatItIsTooLongIsNotReceived() throws Exception {
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(answer(1)).startsWith("unanswered 1 ").doesNotContain("within");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void anEndlessAnswerIsNotHeld() throws Exception {
        byte[] chunk = new byte[MEGABYTE];
        Arrays.fill(chunk, (byte) ' ');
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                for (int i = 0; i < 1_000; i++) {
                    peer.send("100000\r\n");
                    peer.send(chunk);
                    peer.send("\r\n");
                }
            } catch (IOException e) {
                gone.countDown();
            }
        })) {
            get(server, 1);

            assertThat(answer(1)).startsWith("unanswered 1 ").doesNotContain("within");
            assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void aSmallAnswerThatUnpacksToALargeOneIsNotHeld() throws Exception {
        byte[] packed = gzip(64 * MEGABYTE);
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n");
            peer.send(packed);
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(packed.length).isLessThan(MEGABYTE);
            assertThat(answer(1)).startsWith("unanswered 1 ").doesNotContain("within");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void whatIsNotPackedAsItSaysIsNoAnswer() throws Exception {
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\nthis is not packed..");
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(answer(1)).startsWith("unanswered 1 ");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void silenceIsGivenUp() throws Exception {
        try (RawServer server = first(RawServer.Peer::awaitClose)) {
            get(server, 1);

            assertThat(answer(1)).isEqualTo("unanswered 1 no complete response within 2000 ms");
            theNextIsAnsweredOverAnotherConnection(server);
        }
    }

    @Test
    void aSecondAnswerThatNobodyAskedForIsLeftOut() throws Exception {
        try (RawServer server = first(peer -> {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
            peer.awaitClose();
        })) {
            get(server, 1);

            assertThat(answer(1)).isEqualTo("answered 1 200 0 []");
            assertThat(feed.events).hasSize(1);
        }
    }

    /** Plays the script on the first connection; all others are answered well. */
    private RawServer first(RawServer.Script script) throws IOException {
        return new RawServer(peer -> {
            peer.request();
            if (connections.incrementAndGet() == 1) {
                script.play(peer);
            } else {
                peer.send(GOOD);
                peer.awaitClose();
            }
        });
    }

    private void get(RawServer server, int request) {
        loop.execute(
                () -> network.get(request, URI.create("http://127.0.0.1:" + server.port() + "/v5/market/kline?a=b")));
    }

    /** The one word about the request. */
    private String answer(int request) {
        String word = "answered " + request + ' ';
        await().until(() -> feed.events.stream().anyMatch(each -> each.contains(word)));
        assertThat(feed.events).filteredOn(each -> each.contains(word)).hasSize(1);
        return feed.events.stream()
                .filter(each -> each.contains(word))
                .findFirst()
                .orElseThrow();
    }

    private void theNextIsAnsweredOverAnotherConnection(RawServer server) {
        get(server, 2);
        assertThat(answer(2)).isEqualTo("answered 2 200 0 {}");
        assertThat(connections).hasValue(2);
        assertThat(feed.events).filteredOn(each -> each.contains("answered 1 ")).hasSize(1);
    }

    private static byte[] gzip(int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[length]);
        }
        return packed.toByteArray();
    }
}
