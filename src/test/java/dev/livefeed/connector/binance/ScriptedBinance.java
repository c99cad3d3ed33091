package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Binance server on a local socket, with streams and REST on one port, a market that never rests, and faults. It
 * enforces the venue's rules: the paths of futures, the rate of messages, combined streams.
 */
final class ScriptedBinance implements Closeable {

    private static final int STEP_MILLIS = 20;
    private static final Pattern METHOD = Pattern.compile("\"method\":\"(\\w+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern PARAM = Pattern.compile("\"([^\"@]+@[^\"]+)\"");

    final BinanceMarket kind;
    final Map<String, ScriptedMarket> markets = new LinkedHashMap<>();

    /** Paths of the REST requests. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Rules of the venue that the client has broken. */
    final List<String> violations = new CopyOnWriteArrayList<>();

    final List<String> pongs = new CopyOnWriteArrayList<>();
    final List<String> handshakes = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final Object lock = new Object();
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "scripted-market");
        thread.setDaemon(true);
        return thread;
    });
    private int lostDepth;
    private int lostTrades;
    private int staleSnapshots;
    private int slowMillis;
    private int refusals;
    private int refusalStatus;
    private String retryAfter;
    private int largestSnapshot = Integer.MAX_VALUE;
    private int steps;

    ScriptedBinance(BinanceMarket kind, int levels, String... symbols) throws IOException {
        this(kind, levels, 0, 0, symbols);
    }

    /** @param past number of trades that each market had before that time */
    ScriptedBinance(BinanceMarket kind, int levels, long millis, int past, String... symbols) throws IOException {
        this.kind = kind;
        long seed = 7;
        for (String symbol : symbols) {
            ScriptedMarket market = new ScriptedMarket(symbol, kind.futures(), levels, seed++);
            market.past(past, millis);
            markets.put(symbol, market);
        }
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::accept, "scripted-binance");
        thread.setDaemon(true);
        thread.start();
        clock.scheduleAtFixedRate(this::step, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    Map<String, String> settings() {
        return Map.of(
                "BINANCE_MARKET",
                kind.setting(),
                "BINANCE_WS_BASE_URL",
                "ws://127.0.0.1:" + server.getLocalPort(),
                "BINANCE_REST_BASE_URL",
                "http://127.0.0.1:" + server.getLocalPort(),
                "BINANCE_DEPTH",
                Integer.toString(ScriptedMarket.TOP),
                "BINANCE_HISTORY_DIR",
                "none");
    }

    /** Runs something while the market stands still. */
    <T> T locked(java.util.function.Supplier<T> action) {
        synchronized (lock) {
            return action.get();
        }
    }

    ScriptedMarket market(String symbol) {
        return markets.get(symbol);
    }

    long open() {
        return peers.stream().filter(peer -> peer.upgraded).count();
    }

    // Faults.

    void drop() {
        peers.stream().filter(peer -> peer.upgraded).forEach(Peer::close);
    }

    /** The next updates of books are not sent to anyone. */
    void loseDepth(int count) {
        synchronized (lock) {
            lostDepth = count;
        }
    }

    void loseTrades(int count) {
        synchronized (lock) {
            lostTrades = count;
        }
    }

    /** The connections that are open now send no data any more, and answer pings or not. */
    void stall(boolean pings) {
        synchronized (lock) {
            peers.stream().filter(peer -> peer.upgraded).forEach(peer -> {
                peer.stalled = true;
                peer.mute = !pings;
            });
        }
    }

    void staleSnapshots(int count) {
        synchronized (lock) {
            staleSnapshots = count;
        }
    }

    void slowSnapshots(int millis) {
        synchronized (lock) {
            slowMillis = millis;
        }
    }

    void largestSnapshot(int levels) {
        synchronized (lock) {
            largestSnapshot = levels;
        }
    }

    /** The next requests for snapshots are refused. */
    void refuse(int count, int status, String seconds) {
        synchronized (lock) {
            refusals = count;
            refusalStatus = status;
            retryAfter = seconds;
        }
    }

    /** Announces the end of the connections that are open now, which follows. */
    void shutDown(int millis) {
        List<Peer> ending = peers.stream().filter(peer -> peer.upgraded).toList();
        synchronized (lock) {
            ending.forEach(peer -> peer.text("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":"
                    + System.currentTimeMillis() + "}}"));
        }
        clock.schedule(() -> ending.forEach(Peer::close), millis, TimeUnit.MILLISECONDS);
    }

    void ping(String payload) {
        peers.stream().filter(peer -> peer.upgraded).forEach(peer -> peer.frame(9, payload));
    }

    private void step() {
        synchronized (lock) {
            long millis = System.currentTimeMillis();
            steps++;
            for (ScriptedMarket market : markets.values()) {
                ScriptedMarket.Step step = market.step(millis);
                String name = market.symbol.toLowerCase(Locale.ROOT);
                for (ScriptedMarket.Deal deal : step.deals()) {
                    if (lostTrades > 0) {
                        lostTrades--;
                    } else {
                        send(name + "@aggTrade", market.frame(deal));
                    }
                }
                if (lostDepth > 0) {
                    lostDepth--;
                } else {
                    send(name + "@depth@100ms", step.depth());
                }
                send(name + "@bookTicker", market.bookTicker());
                if (steps % 25 == 0) {
                    send(name + "@ticker", market.ticker(millis));
                }
            }
        }
    }

    private void send(String stream, String data) {
        for (Peer peer : peers) {
            if (!peer.stalled && peer.streams.contains(stream)) {
                peer.text("{\"stream\":\"" + stream + "\",\"data\":" + data + "}");
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Peer peer = new Peer(server.accept());
                peers.add(peer);
                Thread thread = new Thread(peer, "scripted-peer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        server.close();
        peers.forEach(Peer::close);
    }

    /** Whether futures carry a stream on that path. */
    private boolean carried(String path, String stream) {
        boolean publicStream = stream.contains("@depth") || stream.contains("@bookTicker") || stream.endsWith("@trade");
        return kind == BinanceMarket.SPOT || path.startsWith(publicStream ? "/public/" : "/market/");
    }

    private final class Peer implements Runnable {

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private final Set<String> streams = java.util.concurrent.ConcurrentHashMap.newKeySet();
        private final Deque<Long> messages = new ArrayDeque<>();
        private volatile boolean upgraded;
        private volatile boolean stalled;
        private volatile boolean mute;
        private String path = "";

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            this.out = socket.getOutputStream();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed anyway.
            }
        }

        @Override
        public void run() {
            try {
                while (!upgraded) {
                    http();
                }
                while (true) {
                    read();
                }
            } catch (IOException e) {
                // Ended by one of the sides.
            } finally {
                peers.remove(this);
                close();
            }
        }

        private void http() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String target = head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP"));
            Matcher key = Pattern.compile("(?i)sec-websocket-key: (\\S+)").matcher(head);
            if (key.find()) {
                path = target;
                handshakes.add(target);
                write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                upgraded = true;
            } else {
                answer(target);
            }
        }

        private void answer(String target) throws IOException {
            requests.add(target);
            String body;
            int status = 200;
            String header = "";
            int wait = 0;
            synchronized (lock) {
                if (refusals > 0 && target.contains("/depth")) {
                    refusals--;
                    status = refusalStatus;
                    header = retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n";
                    body = "{\"code\":-1003,\"msg\":\"Too many requests.\"}";
                } else {
                    wait = target.contains("/depth") ? slowMillis : 0;
                    body = rest(target);
                    if (body == null) {
                        status = 400;
                        body = "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}";
                    }
                }
            }
            if (wait > 0) {
                try {
                    TimeUnit.MILLISECONDS.sleep(wait);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            write(("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n" + header
                            + "X-MBX-USED-WEIGHT-1M: 12\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            write(bytes);
        }

        private String rest(String target) {
            Map<String, String> query = new LinkedHashMap<>();
            int mark = target.indexOf('?');
            if (mark >= 0) {
                for (String part : target.substring(mark + 1).split("&")) {
                    String[] pair = part.split("=", 2);
                    query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
                }
            }
            String name = mark < 0 ? target : target.substring(0, mark);
            if (!name.startsWith(kind.restPath() + "/")) {
                violations.add("a request for " + target);
                return null;
            }
            long millis = System.currentTimeMillis();
            ScriptedMarket market = markets.get(query.get("symbol"));
            int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
            switch (name.substring(kind.restPath().length())) {
                case "/time" -> {
                    return "{\"serverTime\":" + millis + "}";
                }
                case "/exchangeInfo" -> {
                    List<String> rows = new ArrayList<>();
                    for (String symbol : markets.keySet()) {
                        rows.add("{\"symbol\":\"" + symbol + "\",\"status\":\"TRADING\",\"contractType\":\"PERPETUAL\","
                                + "\"deliveryDate\":4133404800000,\"filters\":[{\"filterType\":\"PRICE_FILTER\","
                                + "\"tickSize\":\"0.01000000\"},{\"filterType\":\"LOT_SIZE\","
                                + "\"stepSize\":\"0.00100000\","
                                + "\"minQty\":\"0.00100000\",\"maxQty\":\"9000.00000000\"}]}");
                    }
                    return "{\"timezone\":\"UTC\",\"serverTime\":" + millis + ",\"symbols\":[" + String.join(",", rows)
                            + "]}";
                }
                case "/depth" -> {
                    if (market == null) {
                        return null;
                    }
                    if (staleSnapshots > 0 && market.staleSnapshot() != null) {
                        staleSnapshots--;
                        return market.staleSnapshot();
                    }
                    return market.snapshot(millis, Math.min(limit, largestSnapshot));
                }
                case "/aggTrades" -> {
                    return market == null
                            ? null
                            : market.trades(
                                    Long.parseLong(query.getOrDefault("fromId", "-1")),
                                    Long.parseLong(query.getOrDefault("startTime", "-1")),
                                    limit);
                }
                case "/klines" -> {
                    List<String> rows = new ArrayList<>();
                    long from = Long.parseLong(query.get("startTime"));
                    long to = Long.parseLong(query.get("endTime"));
                    for (long at = from; at <= to && rows.size() < limit; at += 60_000) {
                        rows.add("[" + at + ",\"1.0\",\"2.0\",\"0.5\",\"1.5\",\"10\"," + (at + 59_999)
                                + ",\"15\",3,\"1\",\"2\",\"0\"]");
                    }
                    return "[" + String.join(",", rows) + "]";
                }
                default -> {
                    return null;
                }
            }
        }

        private void read() throws IOException {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            int length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            String text = new String(payload, StandardCharsets.UTF_8);
            int opcode = first & 15;
            if (opcode == 8) {
                throw new IOException("closed");
            }
            count(text);
            if (opcode == 9) {
                if (!mute) {
                    frame(10, text);
                }
            } else if (opcode == 10) {
                pongs.add(text);
            } else {
                request(text);
            }
        }

        /** Closes a connection that sends too many messages, as the venue does. */
        private void count(String text) throws IOException {
            long now = System.nanoTime();
            messages.add(now);
            while (now - messages.peek() > 1_000_000_000L) {
                messages.poll();
            }
            if (messages.size() > kind.messagesPerSecond()) {
                violations.add(messages.size() + " messages in a second, the last one " + text);
                frame(8, "");
                throw new IOException("too many messages");
            }
        }

        private void request(String text) throws IOException {
            Matcher method = METHOD.matcher(text);
            Matcher id = ID.matcher(text);
            if (!method.find() || !id.find() || text.length() > 4_096) {
                violations.add("request " + text);
                throw new IOException("bad request");
            }
            Set<String> names = new HashSet<>();
            Matcher param = PARAM.matcher(text);
            while (param.find()) {
                names.add(param.group(1));
            }
            if (mute || stalled) {
                return;
            }
            if (names.stream().anyMatch(name -> name.startsWith("refused"))) {
                text("{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown stream\"},\"id\":" + id.group(1) + "}");
                return;
            }
            synchronized (lock) {
                for (String name : names) {
                    if (method.group(1).equals("UNSUBSCRIBE")) {
                        streams.remove(name);
                    } else if (carried(path, name)) {
                        streams.add(name);
                    }
                }
                if (streams.size() > 1_024) {
                    violations.add(streams.size() + " streams on a connection");
                }
                text("{\"result\":null,\"id\":" + id.group(1) + "}");
            }
        }

        void text(String text) {
            frame(1, text);
        }

        void frame(int opcode, String text) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            byte[] head;
            if (payload.length < 126) {
                head = new byte[] {(byte) (0x80 | opcode), (byte) payload.length};
            } else if (payload.length < 65_536) {
                head = new byte[] {(byte) (0x80 | opcode), 126, (byte) (payload.length >> 8), (byte) payload.length};
            } else {
                throw new IllegalArgumentException("a frame of " + payload.length + " bytes");
            }
            byte[] whole = new byte[head.length + payload.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(payload, 0, whole, head.length, payload.length);
            try {
                write(whole);
            } catch (IOException e) {
                close();
            }
        }

        private void write(byte[] bytes) throws IOException {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        }

        private static String accept(String key) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(hash);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
