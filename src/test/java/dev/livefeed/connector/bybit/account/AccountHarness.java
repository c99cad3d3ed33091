package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.bybit.site.SiteHosts;
import dev.livefeed.connector.feed.VenueClock;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.ConnectionBudget;
import dev.livefeed.connector.session.Identifiers;
import dev.livefeed.connector.session.Network;
import dev.livefeed.connector.session.SessionContext;
import dev.livefeed.connector.session.SessionTimeouts;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private connection with a simulated network and clock; the test acts as the venue. */
final class AccountHarness implements Network, VenueClock {

    static final String KEY = "k3y-0f-the-house";
    static final String SECRET = "s3cret/of+the=house";
    static final String PONG = "{\"req_id\":\"\",\"op\":\"pong\",\"args\":[\"%d\"],\"conn_id\":\"x\"}";
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Pattern REQUEST_ID = Pattern.compile("\"req_id\":\"([^\"]+)\"");

    final ManualTime time = new ManualTime();
    final RecordedLines lines = new RecordedLines(time::micros);
    final Outbox outbox = new Outbox(lines, "bybit", new Outbox.Limits(4_000, 20_000));
    final List<URI> opened = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    final PrivateConnection link;
    private int linkId;

    /** The venue's limit of new connections. */
    final ConnectionBudget budget = new ConnectionBudget(time, 400);
    /** How far the venue's clock is ahead of the local one. */
    long venueAheadMicros;
    // The same, as known to the connector.
    long offsetMicros;
    boolean measured = true;
    boolean measurable = true;
    int measurements;

    AccountHarness(String... environment) {
        Map<String, String> variables = new HashMap<>();
        variables.put("BYBIT_API_KEY", KEY);
        variables.put("BYBIT_API_SECRET", SECRET);
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        link = new PrivateConnection(
                settings(variables),
                new SessionContext(this, time, new Random(7), new Identifiers(), budget),
                outbox,
                this);
    }

    static AccountSettings settings(Map<String, String> environment) {
        try {
            ConnectorSettings settings = new ConnectorSettings(environment, "BYBIT_CONNECTOR_CONFIG_FILE");
            AccountSettings read = AccountSettings.read(
                    settings,
                    SiteHosts.read(settings),
                    new SessionTimeouts(
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(2),
                            Duration.ZERO,
                            Duration.ofMillis(500),
                            Duration.ofSeconds(10),
                            Duration.ZERO),
                    Duration.ofSeconds(5));
            settings.check();
            return read;
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** A connection with accepted keys and subscribed topics. */
    static AccountHarness authenticated(String... environment) {
        AccountHarness harness = new AccountHarness(environment);
        harness.link.start();
        harness.letIn();
        harness.lines.next();
        return harness;
    }

    /** Opens the connection and accepts the keys and every topic. */
    void letIn() {
        connect();
        if (sent.remove(PrivateConnection.PING)) {
            pong(PONG);
        }
        accept(auth());
        sent().forEach(this::accept);
    }

    void connect() {
        link.session().opened(linkId, false);
        outbox.flush();
    }

    void disconnect() {
        close("reset by the other side", 0);
        outbox.flush();
    }

    /** Ends or refuses the connection. */
    void close(String reason, int httpStatus) {
        link.session().closed(linkId, reason, httpStatus);
    }

    /** The only signed request since the last call. */
    String auth() {
        List<String> requests =
                sent().stream().filter(r -> r.contains("\"auth\"")).toList();
        if (requests.size() != 1) {
            throw new AssertionError("signed requests: " + requests);
        }
        return requests.get(0);
    }

    void accept(String request) {
        String op = request.contains("\"auth\"") ? "auth" : "subscribe";
        receive("{\"success\":true,\"ret_msg\":\"\",\"op\":\"" + op + "\",\"req_id\":\"" + idOf(request)
                + "\",\"conn_id\":\"x\"}");
    }

    void refuse(String request, String text) {
        String op = request.contains("\"auth\"") ? "auth" : "subscribe";
        receive("{\"success\":false,\"ret_msg\":\"" + text + "\",\"op\":\"" + op + "\",\"req_id\":\"" + idOf(request)
                + "\",\"conn_id\":\"x\"}");
    }

    static String idOf(String request) {
        Matcher id = REQUEST_ID.matcher(request);
        if (!id.find()) {
            throw new IllegalArgumentException("no req_id in " + request);
        }
        return id.group(1);
    }

    void receive(String text) {
        receive(text.getBytes(StandardCharsets.UTF_8));
    }

    void receive(byte[] bytes) {
        link.session().frame(linkId, bytes, 0, bytes.length, time.micros());
        outbox.flush();
    }

    void rows(String topic, String... rows) {
        receive("{\"id\":\"1\",\"topic\":\"" + topic + "\",\"creationTime\":" + time.micros() / 1_000 + ",\"data\":["
                + String.join(",", rows) + "]}");
    }

    /** Advances the clock while the venue answers pings. */
    void pass(Duration duration) {
        pass(duration, PONG);
    }

    /** @param pong the reply to a ping, or null for none */
    void pass(Duration duration, String pong) {
        for (long left = duration.toNanos(); left > 0; left -= TICK.toNanos()) {
            time.advance(TICK);
            link.tick();
            outbox.flush();
            if (sent.remove(PrivateConnection.PING) && pong != null) {
                pong(pong);
            }
        }
    }

    private void pong(String form) {
        receive(String.format(form, (time.micros() + venueAheadMicros) / 1_000));
    }

    /**
     * Advances the clock until the connection is opened again, at most for the given time; returns the elapsed time.
     */
    Duration untilOpened(Duration longest) {
        int before = opened.size();
        Duration passed = Duration.ZERO;
        while (opened.size() == before && passed.compareTo(longest) < 0) {
            pass(TICK);
            passed = passed.plus(TICK);
        }
        return passed;
    }

    /** Texts sent since the last call, without pings. */
    List<String> sent() {
        List<String> since = sent.stream()
                .filter(text -> !text.equals(PrivateConnection.PING))
                .toList();
        sent.removeIf(text -> !text.equals(PrivateConnection.PING));
        return since;
    }

    /** Statuses of the account since the last call. */
    List<Status> statuses() {
        return lines.next().stream()
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(status -> AccountStatus.CHANNEL.equals(status.channel()))
                .toList();
    }

    List<Event> events() {
        return lines.next();
    }

    @Override
    public void open(int link, URI uri) {
        linkId = link;
        opened.add(uri);
    }

    @Override
    public void send(int link, String text) {
        if (link == linkId) {
            sent.add(text);
        }
    }

    @Override
    public void ping(int link) {
        throw new AssertionError("the venue has a ping of its own");
    }

    @Override
    public void close(int link) {
        closed.add(link);
    }

    @Override
    public void get(int request, URI uri) {
        throw new AssertionError("the private side asks nothing of REST");
    }

    @Override
    public long micros() {
        return time.micros() + offsetMicros;
    }

    @Override
    public boolean measured() {
        return measured;
    }

    @Override
    public boolean measurable() {
        return measurable;
    }

    @Override
    public void measureAgain() {
        measurements++;
        measured = false;
    }
}
