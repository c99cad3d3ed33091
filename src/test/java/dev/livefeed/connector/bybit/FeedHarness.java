package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.output.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A feed with a simulated network and clock, and shorthand methods for its tests. */
public final class FeedHarness {

    public static final String BOOK = "orderbook.50.BTCUSDT";
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Pattern REQUEST_ID = Pattern.compile("\"req_id\":\"([^\"]+)\"");

    public final ManualTime time = new ManualTime();
    public final RecordedLines lines = new RecordedLines(time::micros);
    public final FakeNetwork network = new FakeNetwork();
    public final Outbox outbox = new Outbox(lines, "bybit", new Outbox.Limits(4_000, 20_000));
    public final BybitFeed feed;

    /** Whether the test answers requests for the venue's instruments. */
    public boolean answersInstrumentLists;

    public FeedHarness(String... environment) {
        try {
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < environment.length; i += 2) {
                variables.put(environment[i], environment[i + 1]);
            }
            feed = new BybitFeed(BybitSettings.read(variables), network, outbox, time, new Random(7));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A feed with an open connection whose first ping was answered. */
    public static FeedHarness open(String... environment) {
        FeedHarness harness = new FeedHarness(environment);
        harness.feed.start();
        harness.connect();
        harness.network.sent();
        harness.receive("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"ping\"}");
        harness.lines.next();
        return harness;
    }

    /** An open feed with the book of BTCUSDT at update 100. */
    public static FeedHarness synced() {
        FeedHarness harness = open();
        harness.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        harness.accept();
        harness.snapshot(100);
        harness.lines.next();
        return harness;
    }

    public void connect() {
        failInstrumentLists();
        feed.opened(network.lastLink(), false);
        outbox.flush();
    }

    public void disconnect() {
        feed.closed(network.lastLink(), "reset by the other side", 0);
        outbox.flush();
    }

    public void command(Kind kind, String channel, String symbol, String id) {
        command(new Command(kind, channel, symbol, null, id));
    }

    public void command(Command... commands) {
        for (Command command : commands) {
            if (command.kind() == Kind.HISTORY) {
                feed.history(command);
            } else {
                feed.command(command);
            }
        }
        failInstrumentLists();
        feed.commandsDone();
        outbox.flush();
    }

    /** Requests for the venue's instruments fail at once unless the test answers them. */
    private void failInstrumentLists() {
        if (!answersInstrumentLists) {
            for (int requestId : network.instrumentLists()) {
                feed.unanswered(requestId, "no instrument lists in this test");
            }
        }
    }

    /** Advances the clock in steps of the tick interval. */
    public void pass(Duration duration) {
        for (long left = duration.toNanos(); left > 0; left -= TICK.toNanos()) {
            time.advance(TICK);
            feed.tick();
            outbox.flush();
        }
    }

    public void receive(String text) {
        receive(network.lastLink(), text);
    }

    public void receive(int link, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        feed.frame(link, bytes, 0, bytes.length, time.micros());
        outbox.flush();
    }

    /** Answers everything sent since the last call like the linear stream, and returns it. */
    public List<String> accept() {
        List<String> sent = network.sent();
        sent.forEach(this::accept);
        return sent;
    }

    /** Advances the clock while only pings are answered. */
    public void answerPings(Duration duration) {
        for (long left = duration.toNanos(); left > 0; left -= TICK.toNanos()) {
            pass(TICK);
            if (network.takePing()) {
                accept(SubscribeRequest.PING);
            }
        }
    }

    public void accept(String request) {
        accept(network.lastLink(), request);
    }

    public void accept(int link, String request) {
        if (request.equals(SubscribeRequest.PING)) {
            receive(link, "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"ping\"}");
        } else {
            String op = request.contains("\"unsubscribe\"") ? "unsubscribe" : "subscribe";
            receive(
                    link,
                    "{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"x\",\"req_id\":\"" + idOf(request)
                            + "\",\"op\":\"" + op + "\"}");
        }
    }

    public void refuse(String request, String text) {
        receive("{\"success\":false,\"ret_msg\":\"" + text + "\",\"conn_id\":\"x\",\"req_id\":\"" + idOf(request)
                + "\",\"op\":\"subscribe\"}");
    }

    public static String idOf(String request) {
        Matcher id = REQUEST_ID.matcher(request);
        if (!id.find()) {
            throw new IllegalArgumentException("no req_id in " + request);
        }
        return id.group(1);
    }

    public void snapshot(long updateId) {
        receive(book(BOOK, "snapshot", updateId, "[\"100.0\",\"1\"],[\"99.5\",\"2\"]", "[\"100.5\",\"3\"]"));
    }

    public void delta(long updateId, String bids, String asks) {
        receive(book(BOOK, "delta", updateId, bids, asks));
    }

    public String book(String topic, String type, long updateId, String bids, String asks) {
        long millis = time.micros() / 1_000;
        return "{\"topic\":\"" + topic + "\",\"type\":\"" + type + "\",\"ts\":" + (millis + 3)
                + ",\"data\":{\"s\":\"" + topic.substring(topic.lastIndexOf('.') + 1) + "\",\"b\":[" + bids
                + "],\"a\":[" + asks + "],\"u\":" + updateId
                + ",\"seq\":77},\"cts\":" + millis + "}";
    }

    public String trade(String symbol, String id) {
        long millis = time.micros() / 1_000;
        return "{\"topic\":\"publicTrade." + symbol + "\",\"type\":\"snapshot\",\"ts\":" + millis
                + ",\"data\":[{\"T\":" + millis + ",\"s\":\"" + symbol
                + "\",\"S\":\"Buy\",\"v\":\"0.011\",\"p\":\"82642.90\",\"L\":\"PlusTick\",\"i\":\"" + id
                + "\",\"BT\":false,\"RPI\":false,\"seq\":822323446907}]}";
    }
}
