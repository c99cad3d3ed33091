package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Network;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feed, of spot unless a market is named, with a simulated clock; the test acts as the venue. Pings are answered,
 * instrument lists only after {@link #list}.
 */
final class FeedHarness implements Network {

    static final String DEPTH = "btcusdt@depth@100ms";
    static final String TRADES = "btcusdt@aggTrade";
    private static final String SYMBOL = "BTCUSDT";
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    final ManualTime time = new ManualTime();
    final RecordedLines lines = new RecordedLines(time::micros);
    final List<Integer> opened = new ArrayList<>();

    /** The status of the instrument in the venue's list; null if the list is not answered. */
    String listed;

    /** How far the venue's clock is ahead; null if its time is not answered. */
    Long offsetMillis;

    /** A link on which pings are not answered. */
    int mute;

    private String status;
    private int listings;
    private final Outbox outbox;
    private final Map<Integer, URI> requests = new LinkedHashMap<>();
    private final List<Integer> pinged = new ArrayList<>();
    private List<Sent> sent = new ArrayList<>();
    private final BinanceFeed feed;

    /** A text with the link that it was sent on. */
    record Sent(int link, String text) {

        long id() {
            Matcher id = ID.matcher(text);
            if (!id.find()) {
                throw new IllegalArgumentException("no id in " + text);
            }
            return Long.parseLong(id.group(1));
        }
    }

    /** @param file settings of the configuration file, as JSON */
    FeedHarness(String file) {
        this(file, BinanceMarket.SPOT);
    }

    FeedHarness(String file, BinanceMarket market) {
        this(file, market, new Outbox.Limits(4_000, 20_000));
    }

    FeedHarness(String file, BinanceMarket market, Outbox.Limits limits) {
        outbox = new Outbox(lines, "binance", limits);
        try {
            feed = new BinanceFeed(
                    BinanceSettings.read(Map.of(
                            "BINANCE_CONNECTOR_CONFIG_FILE",
                            ConfigurationFile.of(file),
                            "BINANCE_MARKET",
                            market.setting())),
                    this,
                    outbox,
                    time,
                    new Random(7));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
        feed.start();
        done();
        open();
    }

    /** From now on the venue lists the instrument with this status. */
    void list(String tradingStatus) {
        status = tradingStatus;
        listings = 0;
    }

    /** From now on the venue lists no instrument any more. */
    void unlist() {
        list("");
    }

    /** How often it was listed since then. */
    int listings() {
        return listings;
    }

    private void list(int request) {
        requests.remove(request);
        listings++;
        String row = "{\"symbol\":\"" + SYMBOL + "\",\"status\":\"" + status + "\"}";
        String body = "{\"symbols\":[" + (status.isEmpty() ? "" : row) + "]}";
        feed.answered(request, new HttpAnswer(200, 0, null, -1, body.getBytes(StandardCharsets.UTF_8)));
    }

    private void done() {
        List.copyOf(requests.keySet()).stream()
                .filter(request ->
                        status != null && requests.get(request).getPath().endsWith("/exchangeInfo"))
                .forEach(this::list);
        List.copyOf(requests.keySet()).stream()
                .filter(request ->
                        !requests.get(request).getPath().matches(".*/(depth|aggTrades|historicalTrades|trades)"))
                .forEach(request -> {
                    URI uri = requests.remove(request);
                    if (listed != null && uri.getPath().endsWith("/exchangeInfo")) {
                        feed.answered(request, new HttpAnswer(200, 0, null, -1, listing()));
                    } else if (offsetMillis != null && uri.getPath().endsWith("/time")) {
                        answer(request, 200, "{\"serverTime\":" + (millis() + offsetMillis) + "}");
                    } else {
                        feed.unanswered(request, "not in this test");
                    }
                });
        List<Integer> due = List.copyOf(pinged);
        pinged.clear();
        due.stream().filter(link -> link != mute).forEach(feed::pong);
        outbox.flush();
    }

    private byte[] listing() {
        return ("{\"symbols\":[{\"symbol\":\"" + SYMBOL + "\",\"status\":\"" + listed + "\",\"filters\":[]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The handshake of the last link succeeds. */
    void open() {
        feed.opened(link(), false);
        done();
    }

    /** The link that was opened last. */
    int link() {
        return opened.get(opened.size() - 1);
    }

    void end(int link) {
        feed.closed(link, "reset by the other side", 0);
        done();
    }

    void command(Kind kind, String channel) {
        command(new Command(kind, channel, SYMBOL, null, kind + "-" + channel));
    }

    /** Subscribes trades after those of an earlier process. */
    void resume(long sinceMicros, String... known) {
        command(new Command(Kind.SUBSCRIBE, "trades", SYMBOL, null, "resume", sinceMicros, List.of(known)));
    }

    private void command(Command command) {
        feed.command(command);
        done();
        feed.commandsDone();
        done();
    }

    /** Requests past trades. */
    void history(long fromMillis, long toMillis) {
        Command.Range range = new Command.Range(fromMillis, toMillis);
        feed.history(new Command(Kind.HISTORY, "trades", SYMBOL, null, "history", -1, List.of(), range));
        done();
    }

    /** Advances the clock in steps of the tick interval. */
    void pass(Duration duration) {
        for (long left = duration.toNanos(); left > 0; left -= TICK.toNanos()) {
            time.advance(TICK);
            feed.tick();
            done();
        }
    }

    /** Removes and returns the texts that were sent. */
    List<Sent> sent() {
        List<Sent> since = sent;
        sent = new ArrayList<>();
        return since;
    }

    /** Accepts everything that was sent, and returns it. */
    List<Sent> accept() {
        List<Sent> since = sent();
        since.forEach(this::accept);
        return since;
    }

    void accept(Sent request) {
        receive(request.link(), "{\"result\":null,\"id\":" + request.id() + "}");
    }

    void refuse(Sent request) {
        receive(
                request.link(),
                "{\"error\":{\"code\":2,\"msg\":\"Invalid request: Server error\"},\"id\":" + request.id() + "}");
    }

    void receive(int link, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        feed.frame(link, bytes, 0, bytes.length, time.micros());
        done();
    }

    /** The unanswered requests, such as {@code /api/v3/depth?symbol=BTCUSDT&limit=100}. */
    List<String> requests() {
        return requests.values().stream()
                .map(uri -> uri.getPath() + "?" + uri.getQuery())
                .toList();
    }

    /** Answers the oldest request. */
    void answer(String body) {
        int request = requests.keySet().iterator().next();
        requests.remove(request);
        feed.answered(request, new HttpAnswer(200, 0, null, -1, body.getBytes(StandardCharsets.UTF_8)));
        done();
    }

    private void answer(int request, int status, String body) {
        feed.answered(request, new HttpAnswer(status, 0, null, -1, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers the oldest request with that status. */
    void answer(int status, String body) {
        int request = requests.keySet().iterator().next();
        requests.remove(request);
        answer(request, status, body);
        done();
    }

    /** The oldest request fails at the venue. */
    void fail(int status) {
        int request = requests.keySet().iterator().next();
        requests.remove(request);
        feed.answered(request, new HttpAnswer(status, 0, null, -1, new byte[0]));
        done();
    }

    /** Leaves all requests without an answer, as a network does that loses them. */
    void swallow() {
        requests.clear();
    }

    /** A book of two levels a side at an update id. */
    static String snapshot(long id, String bestBidSize) {
        return "{\"lastUpdateId\":" + id + ",\"bids\":[[\"100.00\",\"" + bestBidSize
                + "\"],[\"99.50\",\"2\"]],\"asks\":[[\"100.50\",\"3\"],[\"101.00\",\"4\"]]}";
    }

    /** An update that sets the size of the best bid. */
    void update(int link, long id, String bestBidSize) {
        bids(link, id, "[\"100.00\",\"" + bestBidSize + "\"]");
    }

    /** An update of bids, as the venue's JSON without the outer brackets. */
    void bids(int link, long id, String levels) {
        receive(
                link,
                "{\"stream\":\"" + DEPTH + "\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + millis()
                        + ",\"s\":\"BTCUSDT\",\"U\":" + id + ",\"u\":" + id + ",\"b\":[" + levels + "],\"a\":[]}}");
    }

    /** Data of any stream, without its braces. */
    void data(String stream, String data) {
        receive(link(), "{\"stream\":\"" + stream + "\",\"data\":{" + data + "}}");
    }

    void trade(int link, long id) {
        receive(
                link,
                "{\"stream\":\"" + TRADES + "\",\"data\":{\"e\":\"aggTrade\",\"E\":" + millis()
                        + ",\"s\":\"BTCUSDT\",\"a\":" + id + ",\"p\":\"100.00\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":"
                        + millis() + ",\"m\":true,\"M\":true}}");
    }

    /** A row of the venue's list of trades. */
    String row(long id) {
        return "{\"a\":" + id + ",\"p\":\"100.00\",\"q\":\"1\",\"f\":1,\"l\":1,\"T\":" + millis()
                + ",\"m\":true,\"M\":true}";
    }

    long millis() {
        return time.micros() / 1_000;
    }

    Map<String, Object> figures() {
        return feed.figures();
    }

    @Override
    public void open(int link, URI uri) {
        opened.add(link);
    }

    @Override
    public void send(int link, String text) {
        sent.add(new Sent(link, text));
    }

    @Override
    public void ping(int link) {
        pinged.add(link);
    }

    @Override
    public void close(int link) {
        pinged.remove((Integer) link);
    }

    @Override
    public void get(int request, URI uri) {
        requests.put(request, uri);
    }
}
