package dev.livefeed.app.route.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.market.BookView;
import dev.livefeed.app.route.http.HttpConnections;
import dev.livefeed.app.route.http.ServerVertx;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.stream.BadRequestException;
import dev.livefeed.app.stream.FeedStatus;
import dev.livefeed.app.stream.PastCandlePages;
import dev.livefeed.app.stream.StreamHub;
import dev.livefeed.app.stream.StreamLimits;
import dev.livefeed.app.stream.StreamSource;
import dev.livefeed.app.stream.StreamStates;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets of a real server whose clients read, or do not. */
class StreamConnectionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int QUEUE = 256 * 1024;
    private static final InstrumentId BTC = Ids.linear("BTCUSDT");
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final StreamHub hub = new StreamHub(
            new StreamLimits(100, QUEUE, 4096, LONG, LONG, LONG),
            List.of("1m"),
            List.of("trades"),
            new NoSnapshots(),
            new StreamStates(List.of(), new NoCandles()),
            text -> text,
            () -> System.nanoTime() / 1_000_000);
    private final StreamLoops loops = new StreamLoops();
    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<SocketSink> sinks = new LinkedBlockingQueue<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private ServerVertx vertx;
    private int port;
    private long trades;

    @BeforeEach
    void serve() throws Exception {
        vertx = new ServerVertx(Vertx.vertx(), new HttpConnections(200, 200, LONG, LONG), null);
        port = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
        hub.start();
    }

    private void handle(HttpServerRequest request) {
        if (!request.path().equals("/ws")) {
            blocked.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            request.response().end("late");
            return;
        }
        Channel channel = ((ConnectionBase) request.connection()).channel();
        request.toWebSocket().onSuccess(socket -> {
            SocketSink sink = new SocketSink(channel, hub, () -> System.nanoTime() / 1_000_000);
            hub.enter();
            try {
                hub.join(sink, hub.subscription("trades", null, null));
            } catch (BadRequestException e) {
                throw new IllegalStateException(e);
            }
            sink.open(loops);
            sinks.add(sink);
        });
    }

    @AfterEach
    void close() throws Exception {
        released.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        hub.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        loops.close();
    }

    private Socket connect(String text) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        sockets.add(socket);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private SocketSink silent() throws Exception {
        connect(UPGRADE);
        return sinks.poll(30, TimeUnit.SECONDS);
    }

    private void trade() {
        trades++;
        hub.trade(new Trade(
                BTC,
                Long.toString(trades),
                1_700_000_000_000_000L + trades,
                new BigDecimal("100.50"),
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                0,
                true,
                false,
                false));
    }

    /** A client that has not read a quarter of what may wait for it. */
    private SocketSink fill() throws Exception {
        Reader reader = new Reader().open(port);
        sinks.poll(30, TimeUnit.SECONDS);
        SocketSink sink = silent();
        while (sink.pending() < QUEUE / 4) {
            trade();
            assertThat(reader.next()).contains("\"id\":\"" + trades + '"');
        }
        reader.socket.abort();
        return sink;
    }

    /** A client that reads everything. */
    private static final class Reader implements WebSocket.Listener {

        private final BlockingQueue<String> trades = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        private Reader open(int port) throws Exception {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this)
                    .get(30, TimeUnit.SECONDS);
            return this;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                if (part.indexOf("\"type\":\"trade\"") >= 0) {
                    trades.add(part.toString());
                }
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        private String next() throws InterruptedException {
            return trades.poll(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRequestThatBlocksItsEventLoopDelaysNoStream() throws Exception {
        Reader reader = new Reader().open(port);
        sinks.poll(30, TimeUnit.SECONDS);
        connect("GET /blocking HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();

        for (int i = 1; i <= 100; i++) {
            trade();
            assertThat(reader.next()).contains("\"id\":\"" + i + '"');
        }
        reader.socket.abort();
    }

    @Test
    void clientsThatDoNotReadDelayNobodyAndHoldWhatTheyMay() throws Exception {
        Reader reader = new Reader().open(port);
        sinks.poll(30, TimeUnit.SECONDS);
        List<SocketSink> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(silent());
        }
        while (silent.stream().anyMatch(sink -> sink.pending() < QUEUE)) {
            trade();
            assertThat(reader.next()).contains("\"id\":\"" + trades + '"');
        }

        assertThat(silent).allSatisfy(sink -> assertThat(sink.pending()).isBetween((long) QUEUE, 2L * QUEUE));
        // Slow ones lose; the one that reads does not.
        for (int i = 0; i < 1_000; i++) {
            trade();
            assertThat(reader.next()).contains("\"id\":\"" + trades + '"');
        }
        assertThat(silent).allSatisfy(sink -> assertThat(sink.pending()).isLessThanOrEqualTo(2L * QUEUE));
        reader.socket.abort();
    }

    @Test
    void aClientThatReadsAgainGetsAllThatWaited() throws Exception {
        SocketSink sink = fill();
        String last = "\"id\":\"" + trades + '"';
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        while (!read.toString(StandardCharsets.ISO_8859_1).contains(last)) {
            int length = sockets.get(0).getInputStream().read(part);
            assertThat(length).isPositive();
            read.write(part, 0, length);
        }
        String text = read.toString(StandardCharsets.ISO_8859_1);
        int at = 0;
        for (long id = 1; id <= trades; id++) {
            at = text.indexOf("\"id\":\"" + id + '"', at);
            assertThat(at).as("trade %d", id).isPositive();
        }
        await().atMost(LONG).until(() -> sink.pending() == 0);
    }

    @Test
    void aClientThatLeavesLeavesNothing() throws Exception {
        SocketSink sink = fill();
        sockets.get(0).close();
        await().atMost(LONG).until(() -> sink.pending() == 0);
        assertThat(sink.channel().isOpen()).isFalse();
    }

    /** No state before the first event. */
    private static final class NoSnapshots implements StreamSource {

        @Override
        public List<InstrumentId> symbols() {
            return List.of(BTC);
        }

        @Override
        public InstrumentId instrument(Event event) {
            return BTC;
        }

        @Override
        public Trade lastTrade(InstrumentId instrument) {
            return null;
        }

        @Override
        public BookView book(InstrumentId instrument, IntPredicate levels) {
            return null;
        }

        @Override
        public List<Candle> openCandles(InstrumentId instrument) {
            return List.of();
        }

        @Override
        public FeedStatus feed() {
            return new FeedStatus("live", true, true, true, List.of(), true);
        }

        @Override
        public boolean synthetic() {
            return true;
        }
    }

    private static final class NoCandles implements PastCandlePages {

        @Override
        public CandlePage page(InstrumentId instrument, String timeframe, int count, long fromMicros) {
            return CandlePage.NONE;
        }

        @Override
        public void fill(InstrumentId instrument, Runnable fetched) {
            // Nothing is missing.
        }
    }
}
