package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.exchange.account.ApiKeys;
import dev.livefeed.exchange.fault.FaultReader;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.wire.TextFrame;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Wallet;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The complete connector with keys against the local exchange, in simulated time. */
class AccountVenueTest {

    private static final Duration STEP = Duration.ofMillis(10);

    private final ManualTime time = new ManualTime();
    private final RecordedLines lines = new RecordedLines(time::micros);
    private final Outbox outbox = new Outbox(lines, "bybit", new Outbox.Limits(200_000, 600_000));
    private SimulatedVenue venue;
    private BybitFeed feed;
    private long sinceTick;

    private void begin(long seed, String... environment) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "BYBIT_WS_BASE_URL", "ws://venue",
                "BYBIT_REST_BASE_URL", "http://venue",
                "BYBIT_API_KEY", "local-key",
                "BYBIT_API_SECRET", "local-secret"));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        venue = new SimulatedVenue(seed, time, dev.livefeed.exchange.market.ProductCategory.LINEAR);
        feed = new BybitFeed(BybitSettings.read(variables), venue, outbox, time, new Random(seed));
        venue.serve(feed);
    }

    private void start() {
        feed.start();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", null, "t"));
        feed.command(new Command(Kind.SUBSCRIBE, "depth", "BTCUSDT", null, "d"));
        feed.commandsDone();
    }

    private void live(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= STEP.toMillis()) {
            time.advance(STEP);
            sinceTick += STEP.toMillis();
            if (sinceTick >= 50) {
                sinceTick = 0;
                feed.tick();
            }
            venue.run();
            outbox.flush();
        }
    }

    private List<String> account() {
        return lines.statuses().stream()
                .filter(status -> "account".equals(status.channel()))
                .map(Status::status)
                .toList();
    }

    private <T> List<T> of(Class<T> type) {
        return lines.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void theAccountsRowsComeBesideTheMarketAndItsExecutionsAreTheMarketsTrades() throws Exception {
        begin(1);
        venue.heal();
        start();

        live(Duration.ofSeconds(60));

        assertThat(account()).containsExactly(Authenticating.STATUS, Authenticated.STATUS);
        List<String> traded = of(Trade.class).stream().map(Trade::id).toList();
        List<Execution> executions = of(Execution.class);
        assertThat(executions).hasSizeGreaterThan(5).allSatisfy(e -> {
            assertThat(e.synthetic()).isTrue();
            assertThat(e.category()).isEqualTo("linear");
            assertThat(e.fee()).isPositive();
            assertThat(e.maker()).isFalse();
            assertThat(e.execType()).isEqualTo("trade");
        });
        assertThat(traded)
                .containsSubsequence(executions.stream().map(Execution::id).toList());
        assertThat(of(Order.class)).extracting(Order::status).contains("new", "filled", "cancelled");
        assertThat(of(Position.class)).isNotEmpty();
        assertThat(of(Wallet.class)).isNotEmpty().allMatch(w -> w.coins().size() == 1);
        assertThat(lines.failures()).isEmpty();
        assertThat(feed.figures()).containsEntry("account_rows_unusable", 0L);
    }

    @Test
    void withoutKeysTheAccountIsNotTouched() throws Exception {
        begin(1, "BYBIT_API_KEY", "", "BYBIT_API_SECRET", "");
        venue.heal();
        start();

        live(Duration.ofSeconds(10));

        assertThat(account()).isEmpty();
        assertThat(of(Trade.class)).isNotEmpty();
        assertThat(feed.figures().keySet()).noneMatch(key -> key.startsWith("account"));
    }

    @ParameterizedTest
    @CsvSource({"3600s,http://venue", "-3600s,http://venue", "3600s,''", "-3600s,''"})
    void aClockThatIsAnHourOffDoesNotKeepItOut(String by, String rest) throws Exception {
        begin(2, "BYBIT_REST_BASE_URL", rest);
        venue.heal();
        venue.exchange().faults().schedule(FaultReader.parameters(Map.of("kind", "clock-skew", "by", by)));
        start();

        live(Duration.ofSeconds(20));

        assertThat(account()).containsExactly(Authenticating.STATUS, Authenticated.STATUS);
        assertThat(of(Execution.class)).isNotEmpty();
    }

    @Test
    void aClockThatWasSetWhileRunningIsMeasuredAgain() throws Exception {
        begin(3);
        venue.heal();
        start();
        live(Duration.ofSeconds(10));
        lines.next();
        venue.exchange().faults().schedule(FaultReader.parameters(Map.of("kind", "clock-skew", "by", "3600s")));
        venue.exchange().faults().schedule(FaultReader.parameters(Map.of("kind", "drop")));

        live(Duration.ofSeconds(20));

        assertThat(account())
                .startsWith(PrivateDisconnected.STATUS, Authenticating.STATUS)
                .contains(Authenticated.STATUS, Gap.STATUS)
                .doesNotContain(Degraded.STATUS);
        assertThat(of(Execution.class)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "someone,local-secret,10003",
        "local-key,wrong,10004",
        "no-permission-key,x,10005",
        "failed-key,x,10007",
        "other-region-key,x,10009",
        "other-address-key,x,10010",
        "expired-key,x,33004"
    })
    void badKeysMeanPublicDataOnly(String key, String secret, String code) throws Exception {
        begin(4, "BYBIT_API_KEY", key, "BYBIT_API_SECRET", secret);
        venue.heal();
        start();

        live(Duration.ofSeconds(40));

        assertThat(account()).containsExactly(Authenticating.STATUS, Degraded.STATUS);
        assertThat(lines.statuses(Degraded.STATUS).get(0).details()).containsEntry("code", code);
        assertThat(feed.figures()).containsEntry("account_auth_attempts", 1L);
        publicDataIsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(ints = {10003, 10004, 10005, 10007, 10009, 10010, 33004, -2015})
    void keysRevokedWhileItRunsAreSaidAndPublicDataGoesOn(int code) throws Exception {
        begin(5);
        venue.heal();
        start();
        live(Duration.ofSeconds(10));
        lines.next();
        venue.exchange().privateApi().revoke(code, true);

        live(Duration.ofSeconds(30));

        assertThat(account()).containsExactly(PrivateDisconnected.STATUS, Authenticating.STATUS, Degraded.STATUS);
        assertThat(lines.statuses(Degraded.STATUS).get(0).details()).containsEntry("code", Integer.toString(code));
        publicDataIsUndisturbed();
    }

    @Test
    void keysThatAreGoodAgainAreTakenWhenTheWaitIsOver(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bybit.json"), "{\"private_retry_ms\": 30000}");
        begin(6, "BYBIT_CONNECTOR_CONFIG_FILE", file.toString());
        venue.heal();
        venue.exchange().privateApi().revoke(10010, false);
        start();
        live(Duration.ofSeconds(10));
        venue.exchange().privateApi().restoreKeys();

        live(Duration.ofSeconds(18));
        assertThat(account()).containsExactly(Authenticating.STATUS, Degraded.STATUS);
        live(Duration.ofSeconds(15));
        assertThat(account()).containsExactly(Authenticating.STATUS, Degraded.STATUS, Authenticated.STATUS);
        assertThat(of(Execution.class)).isNotEmpty();
    }

    private void publicDataIsUndisturbed() {
        assertThat(lines.statuses(ConnectionDown.STATUS)).isEmpty();
        assertThat(lines.statuses(Resyncing.STATUS)).isEmpty();
        List<Trade> trades = of(Trade.class);
        assertThat(trades.get(trades.size() - 1).receivedAt()).isGreaterThan(time.micros() - 5_000_000);
        assertThat(feed.figures()).containsEntry("connected", true);
    }

    @Test
    void overABadNetworkEachExecutionComesOnceOrItsTimeIsAnnouncedAsMissing() throws Exception {
        int missing = 0;
        for (long seed = 11; seed < 17; seed++) {
            lines.next();
            begin(seed);
            missing += liveOverABadNetwork();
        }

        assertThat(missing).as("the network has caused losses").isPositive();
    }

    private int liveOverABadNetwork() {
        start();
        while (lines.statuses(Subscribed.STATUS).stream().noneMatch(status -> "execution".equals(status.channel()))) {
            live(Duration.ofSeconds(1));
        }
        Onlooker truth = new Onlooker(time.micros() / 1_000);
        live(Duration.ofSeconds(100));
        venue.heal();
        live(Duration.ofSeconds(75));

        List<Execution> told = of(Execution.class);
        assertThat(told).extracting(Execution::id).doesNotHaveDuplicates();
        List<String> ids = told.stream().map(Execution::id).toList();
        List<Status> gaps = lines.statuses(Gap.STATUS).stream()
                .filter(status -> "account".equals(status.channel()))
                .toList();
        assertThat(truth.executions).hasSizeGreaterThan(20);
        List<String> kept = new ArrayList<>(truth.executions.keySet());
        kept.retainAll(ids);
        assertThat(ids).as("in their order").containsSubsequence(kept);
        truth.executions.forEach((id, at) -> {
            if (!ids.contains(id)) {
                assertThat(gaps)
                        .as("execution %s at %s is missing", id, Times.instant(at))
                        .anyMatch(gap -> within(gap, at));
            }
        });
        assertThat(account()).contains(Gap.STATUS).endsWith(Gap.STATUS);
        return truth.executions.size() - kept.size();
    }

    private static boolean within(Status gap, long micros) {
        Instant at = Times.instant(micros);
        return !at.isBefore(Instant.parse((String) gap.details().get("from")))
                && !at.isAfter(Instant.parse((String) gap.details().get("to")));
    }

    /** Receives the account's stream over a connection without faults. */
    private final class Onlooker implements ClientConnection {

        private static final Pattern EXECUTION = Pattern.compile("\"execId\":\"([^\"]+)\".*\"execTime\":\"(\\d+)\"");
        /** Times in microseconds by id. */
        final Map<String, Long> executions = new LinkedHashMap<>();

        Onlooker(long now) {
            StreamSession session = venue.exchange().connectPrivately(null, this, now);
            long expires = now + 5_000;
            venue.exchange()
                    .receive(
                            session,
                            "{\"op\":\"auth\",\"args\":[\"local-key\"," + expires + ",\""
                                    + ApiKeys.sign("local-secret", "GET/realtime" + expires) + "\"]}",
                            now);
            venue.exchange().receive(session, "{\"op\":\"subscribe\",\"args\":[\"execution\"]}", now);
        }

        @Override
        public void send(TextFrame frame) {
            Matcher row = EXECUTION.matcher(frame.text());
            if (row.find()) {
                executions.put(row.group(1), Long.parseLong(row.group(2)) * 1_000L);
            }
        }

        @Override
        public void resetWithin(TextFrame frame) {}

        @Override
        public void setReadingPaused(boolean frozen) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
