package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.NetworkFeed;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.engine.ExchangeConfig;
import dev.livefeed.exchange.fault.FaultKind;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.wire.TextFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A network with random faults between the connector and the local exchange, in simulated time. Faults are reproducible
 * by their seed.
 */
final class SimulatedVenue implements Network {

    private static final long SECOND = 1_000_000_000L;

    private final ManualTime time;
    private final Random random;
    private final Exchange exchange;
    private final ProductCategory category;
    private final Map<Integer, Line> lines = new LinkedHashMap<>();
    private final PriorityQueue<Happening> happenings = new PriorityQueue<>();
    private NetworkFeed feed;
    private long order;
    private boolean faulty = true;
    private long restDownUntil;
    private long refusingUntil;

    /** The injected faults, for failure messages. */
    final Map<String, Integer> faults = new LinkedHashMap<>();

    private record Happening(long at, long order, Runnable action) implements Comparable<Happening> {

        @Override
        public int compareTo(Happening other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    SimulatedVenue(long seed, ManualTime time, ProductCategory category) {
        this.time = time;
        this.random = new Random(seed);
        this.category = category;
        this.exchange = new Exchange(
                ExchangeConfig.builder()
                        .seed(seed)
                        .speed(0.5 + random.nextInt(4))
                        .build(),
                millis());
    }

    void serve(NetworkFeed served) {
        this.feed = served;
    }

    ProductCategory category() {
        return category;
    }

    /** Delivers data in transit while the exchange is stopped. */
    void deliverAll(Runnable advance) {
        for (int i = 0; i < 20; i++) {
            advance.run();
            deliver();
        }
    }

    Exchange exchange() {
        return exchange;
    }

    /** Ends the injection of faults. */
    void heal() {
        faulty = false;
        restDownUntil = 0;
        refusingUntil = 0;
        List.copyOf(lines.values()).stream().filter(Line::stalled).forEach(line -> line.end("reset by the test"));
    }

    /** Advances the exchange and delivers data that has arrived. */
    void run() {
        exchange.advance(millis());
        if (faulty) {
            misbehave();
        }
        deliver();
    }

    private void deliver() {
        while (!happenings.isEmpty() && happenings.peek().at <= time.nanos()) {
            happenings.poll().action.run();
        }
    }

    /** About one fault per second. */
    private void misbehave() {
        if (random.nextInt(100) != 0) {
            return;
        }
        Line line = lines.values().stream()
                .skip(random.nextInt(Math.max(1, lines.size())))
                .findFirst()
                .orElse(null);
        switch (random.nextInt(9)) {
            case 0 -> reset(line);
            case 1 -> stall(line, true);
            case 2 -> stall(line, false);
            case 3 -> {
                count("rest down");
                restDownUntil = time.nanos() + random.nextInt(8) * SECOND;
            }
            case 4 -> {
                count("refusing connections");
                refusingUntil = time.nanos() + random.nextInt(4) * SECOND;
            }
            case 5 -> order(FaultKind.RESTART);
            case 6 -> order(FaultKind.SNAPSHOT);
            default -> lines.values().forEach(each -> each.spoilNext = true);
        }
    }

    private void order(FaultKind kind) {
        count(kind.id());
        exchange.faults().schedule(FaultReader.line(kind.id() + ",count=1"));
    }

    private void reset(Line line) {
        if (line != null) {
            count("reset");
            line.end("reset by the test");
        }
    }

    private void stall(Line line, boolean pongs) {
        // Rows of the account have no sequence number, so losses on an open connection cannot be detected.
        if (line != null && !line.ofAccount) {
            count(pongs ? "stall with pongs" : "stall");
            // A short interruption loses nothing over TCP; after a longer one the connector must detect missing frames.
            line.stalledUntil = time.nanos() + (4 + random.nextInt(16)) * SECOND;
            line.pongsInStall = pongs;
        }
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    @Override
    public void open(int link, URI uri) {
        if (time.nanos() < refusingUntil) {
            later(latency(), () -> feed.closed(link, "refused by the test", 503));
            return;
        }
        Line line = new Line(link, uri.getPath().endsWith("/private"));
        lines.put(link, line);
        later(latency(), () -> {
            if (lines.get(link) == line) {
                line.session = line.ofAccount
                        ? exchange.connectPrivately(null, line, millis())
                        : exchange.connect(category, line);
                feed.opened(link, true);
            }
        });
    }

    @Override
    public void send(int link, String text) {
        Line line = lines.get(link);
        if (line != null) {
            later(latency(), () -> {
                if (lines.get(link) == line && line.hears(text)) {
                    exchange.receive(line.session, text, millis());
                }
            });
        }
    }

    @Override
    public void ping(int id) {
        throw new AssertionError("the venue has a ping of its own");
    }

    @Override
    public void close(int link) {
        Line line = lines.remove(link);
        if (line != null && line.session != null) {
            exchange.disconnect(line.session);
        }
    }

    @Override
    public void get(int request, URI uri) {
        if (time.nanos() < restDownUntil) {
            if (random.nextBoolean()) {
                later(latency(), () -> feed.answered(request, new HttpAnswer(429, 0, new byte[0])));
            } else {
                later(latency(), () -> feed.unanswered(request, "refused by the test"));
            }
            return;
        }
        later(latency(), () -> {
            Map<String, String> parameters = new HashMap<>();
            for (String pair :
                    uri.getQuery() == null ? new String[0] : uri.getQuery().split("&")) {
                parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            RestResponse answer = exchange.get(uri.getPath(), parameters, millis());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            later(latency(), () -> feed.answered(request, new HttpAnswer(answer.status(), 0, body)));
        });
    }

    private void later(long nanos, Runnable action) {
        happenings.add(new Happening(time.nanos() + nanos, order++, action));
    }

    /** 1 to 30 ms in each direction. */
    private long latency() {
        return (1 + random.nextInt(30)) * 1_000_000L;
    }

    private long millis() {
        return time.micros() / 1_000;
    }

    /** One connection, as the exchange sees it. */
    private final class Line implements ClientConnection {

        private final int link;
        private final boolean ofAccount;
        private StreamSession session;
        private long stalledUntil;
        private boolean pongsInStall;
        private boolean spoilNext;
        private byte[] heldBack;
        private long lastArrival;

        Line(int link, boolean ofAccount) {
            this.link = link;
            this.ofAccount = ofAccount;
        }

        boolean hears(String text) {
            return session != null && (!stalled() || (pongsInStall && text.equals(SubscribeRequest.PING)));
        }

        private boolean stalled() {
            return time.nanos() < stalledUntil;
        }

        @Override
        public void send(TextFrame frame) {
            String text = frame.text();
            boolean pong = text.contains("\"pong\"");
            if (stalled() && !(pong && pongsInStall)) {
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (heldBack != null) {
                byte[] earlier = heldBack;
                heldBack = null;
                deliver(bytes);
                deliver(earlier);
            } else if (spoilNext && faulty && !pong) {
                spoilNext = false;
                spoil(text, bytes);
            } else {
                deliver(bytes);
            }
        }

        /**
         * A network below TCP that loses, repeats and reorders packets. Data without sequence numbers is only affected
         * in ways that a client can detect.
         */
        private void spoil(String text, byte[] bytes) {
            boolean book = text.contains("\"orderbook.");
            boolean unnumbered = ofAccount || (!book && text.contains("\"topic\""));
            boolean unnamed = text.contains("\"allLiquidation.");
            switch (random.nextInt(4)) {
                case 0 -> {
                    count(unnumbered ? "cut data" : "lost frame");
                    if (unnumbered) {
                        deliver(text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8));
                    }
                }
                case 1 -> {
                    count("repeated frame");
                    deliver(bytes);
                    if (!unnamed) {
                        deliver(bytes);
                    }
                }
                case 2 -> {
                    count("cut frame");
                    deliver(text.substring(0, 1 + random.nextInt(text.length() - 1))
                            .getBytes(StandardCharsets.UTF_8));
                }
                default -> {
                    if (book) {
                        count("turned round");
                        heldBack = bytes;
                    } else {
                        deliver(bytes);
                    }
                }
            }
        }

        private void deliver(byte[] bytes) {
            lastArrival = Math.max(lastArrival, time.nanos() + latency());
            happenings.add(new Happening(lastArrival, order++, () -> {
                if (lines.get(link) == this) {
                    feed.frame(link, bytes, 0, bytes.length, time.micros());
                }
            }));
        }

        void end(String reason) {
            if (lines.remove(link, this)) {
                if (session != null) {
                    exchange.disconnect(session);
                }
                later(latency(), () -> feed.closed(link, reason, 0));
            }
        }

        @Override
        public void resetWithin(TextFrame frame) {
            end("torn by the exchange");
        }

        @Override
        public void setReadingPaused(boolean frozen) {}

        @Override
        public void flush() {}

        @Override
        public void close() {
            end("closed by the exchange");
        }
    }
}
