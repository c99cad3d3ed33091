package dev.livefeed.app.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.ConnectorPayload;
import dev.livefeed.app.api.ConnectorsPayload;
import dev.livefeed.app.api.HealthPayload;
import dev.livefeed.app.api.MarketPayload;
import dev.livefeed.app.api.OutputsPayload;
import dev.livefeed.app.api.Probes;
import dev.livefeed.app.api.RecordingApi;
import dev.livefeed.app.api.response.ApplicationBody;
import dev.livefeed.app.api.response.ResponseJson;
import dev.livefeed.app.backfill.BackfillProgress;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.StatusLog;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.market.ContextStore;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.metrics.Meters;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.app.process.ConnectorFailedException;
import dev.livefeed.app.process.ConnectorListener;
import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.LineLocator;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.app.process.RouteStep;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.process.SupervisorConfig;
import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.file.SinkFiles;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of each state of the feed, its reasons and its form in health, with a real process. */
class FeedHealthTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final ManualClock clock = new ManualClock();
    private final FeedState feed = new FeedState(clock);
    private final FeedCounters counters = new FeedCounters(clock, 50);
    private final Market market = new Market(clock);
    private final Subscriptions subscriptions =
            new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades", "depth"));
    private final Secrets secrets = new Secrets(List.of("hush-hush"));
    private final DeadLetters letters = new DeadLetters(secrets::redact);
    private final StatusLog statusLog = new StatusLog(secrets::redact);
    private final Supervisor supervisor = new Supervisor(
            new SupervisorConfig(
                    new SupervisorConfig.Launch("test", Path.of("target"), Map.of("PATH", System.getenv("PATH"))),
                    10_000,
                    LONG,
                    true,
                    new SupervisorConfig.StopWaits(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                    null,
                    new Watchdog(LONG, LONG, LONG, LONG),
                    secrets),
            feed);
    private final LineLocator place = new LineLocator() {
        @Override
        public RouteStep place() {
            return new RouteStep("trades", "delay1", "trade", "BTCUSDT", "linear");
        }

        @Override
        public boolean replaced() {
            return false;
        }

        @Override
        public void abandoned() {}
    };
    private ReadyRules rules = new ReadyRules(ReadyPolicy.parse("all"), Duration.ZERO, Duration.ZERO);
    private final FeedHealth feedHealth = feedHealth(false);
    private volatile CountDownLatch taken = new CountDownLatch(0);
    private volatile CountDownLatch asked = new CountDownLatch(0);
    private volatile boolean asking;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    private FeedHealth feedHealth(boolean synthetic) {
        return feedHealth(synthetic, subscriptions);
    }

    private FeedHealth feedHealth(boolean synthetic, Subscriptions wanted) {
        return new FeedHealth(
                supervisor,
                feed,
                wanted,
                market,
                counters,
                new HealthLimits(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(2),
                        rules),
                synthetic,
                new BlockedWatch(supervisor.gate(), place, Duration.ofSeconds(5)));
    }

    private void run(String script) {
        EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> Events.AT);
        ConnectorListener listener = new ConnectorListener() {
            @Override
            public void started() {
                asking = true;
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void line(byte[] line) {
                try {
                    var event = reader.read(line);
                    taken.await();
                    feed.event(event);
                    counters.event(event);
                    if (event instanceof dev.livefeed.protocol.model.Trade trade) {
                        market.trade(trade);
                    } else if (event instanceof dev.livefeed.protocol.model.Depth depth) {
                        market.depth(depth);
                    } else if (event instanceof Status status) {
                        market.status(status);
                    }
                } catch (InvalidEventException | InterruptedException e) {
                    throw new IllegalArgumentException(e);
                }
            }

            @Override
            public void tooLong(long length, byte[] head) {}

            @Override
            public void ended(String reason) {}
        };
        running = CompletableFuture.runAsync(() -> {
            try {
                supervisor.run(List.of("sh", "-c", script), 0, listener);
            } catch (ConnectorFailedException e) {
                // The tests only look at its phase.
            }
        });
    }

    private static String say(String json) {
        return "echo '" + json.replace('\'', '"').replace("AT", Long.toString(Events.AT / 1000)) + "'; ";
    }

    private static final String CONNECTED = say("{'type':'status','status':'connected'}");
    private static final String TRADE =
            say("{'type':'trade','timestamp':AT,'price':'100.50','qty':1,'side':'buy','id':1}");
    private static final String BOOK =
            say("{'type':'depth','timestamp':AT,'bids':[[99,1]],'asks':[[101,1]],'last_update_id':1,'levels':50}");
    private static final String IDLE = "while read -r command; do :; done";

    @AfterEach
    void stop() throws Exception {
        supervisor.stop();
        running.get(10, TimeUnit.SECONDS);
        supervisor.awaitStopped();
    }

    private void awaitState(String state) {
        await().untilAsserted(() -> assertThat(feedHealth.verdict().state()).hasToString(state));
    }

    private void synced() {
        run(CONNECTED + TRADE + BOOK + IDLE);
        await().until(() -> market.synced(Ids.bare("BTCUSDT")));
    }

    @Test
    void beforeAnythingRuns() {
        assertThat(feedHealth.verdict().state()).hasToString("starting");
        assertThat(feedHealth.verdict().connected()).isFalse();
        assertThat(feedHealth.verdict().reasons()).containsExactly("no connector process: idle");
    }

    @Test
    void runningWithoutData() {
        run(CONNECTED + IDLE);
        await().until(() -> feed.snapshot().alive());

        assertThat(feedHealth.verdict().state()).hasToString("starting");
        assertThat(feedHealth.verdict().connected()).isFalse();
        assertThat(feedHealth.verdict().reasons())
                .contains("no market data yet from this process", "book of BTCUSDT is empty: no depth yet");
    }

    @Test
    void commandsThatAStepHoldsUpAreNamed() {
        String held =
                "a step of the subscriptions or commands route has held up the commands to the connector for 60 s";
        asked = new CountDownLatch(1);
        try {
            run(CONNECTED + IDLE);
            await().until(() -> asking);
            assertThat(feedHealth.verdict().reasons()).doesNotContain(held);

            clock.forward(60_000);
            assertThat(feedHealth.verdict().reasons()).contains(held);
        } finally {
            asked.countDown();
        }
        await().until(() -> supervisor.commandsHeldMillis() == 0);
        assertThat(feedHealth.verdict().reasons()).doesNotContain(held);
    }

    @Test
    void liveAndReady() {
        synced();

        assertThat(feedHealth.verdict().state()).hasToString("live");
        assertThat(feedHealth.fresh()).isTrue();
        assertThat(feedHealth.verdict().ready()).isTrue();
        assertThat(new Probes(feedHealth).ready().httpStatus()).isEqualTo(200);
    }

    @Test
    void syntheticWhereTheSourceIsOrTheConnectorSaysSo() {
        synced();
        assertThat(feedHealth(true).verdict().state()).hasToString("synthetic");

        feed.event(Statuses.of(ConnectionUp.STATUS, null, null, null, null, null, Map.of("synthetic", true)));
        assertThat(feedHealth.verdict().state()).hasToString("synthetic");
    }

    @Test
    void stale() {
        synced();
        clock.forward(10_000);
        assertThat(feedHealth.verdict().state()).hasToString("live");

        clock.forward(1);
        assertThat(feedHealth.verdict().state()).hasToString("stale");
        assertThat(feedHealth.verdict().connected()).isTrue();
        assertThat(feedHealth.verdict().reasons()).containsExactly("the newest market data is 10.001 s old");
        assertThat(new Probes(feedHealth).ready().httpStatus()).isEqualTo(503);
        assertThat(new Probes(feedHealth).live().httpStatus()).isEqualTo(200);
    }

    @Test
    void disconnected() {
        run(CONNECTED + TRADE + say("{'type':'status','status':'disconnected','reason':'reset'}") + IDLE);

        awaitState("disconnected");
        assertThat(feedHealth.verdict().connected()).isFalse();
        assertThat(feedHealth.verdict().reasons()).contains("the connector has lost the exchange: reset");
    }

    @Test
    void oneConnectionOfSeveralIsDown() {
        synced();
        assertThat(feedHealth.verdict().ready()).isTrue();

        feed.event(Statuses.of(
                ConnectionDown.STATUS,
                null,
                null,
                null,
                null,
                "hush-hush reset",
                Map.of("connection", "linear-2", "open", 1)));

        assertThat(feedHealth.verdict().connected()).isTrue();
        assertThat(feedHealth.verdict().state()).hasToString("degraded");
        assertThat(feedHealth.verdict().reasons()).containsExactly("connection linear-2 is down: hush-hush reset");
        assertThat(feedHealth.verdict().ready()).isFalse();
        JsonNode health = ResponseJson.MAPPER.valueToTree(payload().payload());
        assertThat(health.at("/connector/connector_health/connections_down"))
                .hasToString("{\"linear-2\":\"*** reset\"}");

        feed.event(Statuses.of(
                ConnectionUp.STATUS, null, null, null, null, null, Map.of("connection", "linear-2", "open", 2)));
        assertThat(feedHealth.verdict().state()).hasToString("live");
        assertThat(feedHealth.verdict().ready()).isTrue();
    }

    @Test
    void aSuspectBookWithRpiOrdersIsNotReady() {
        FeedHealth health = feedHealth(
                false, new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades", "depth", "depth.rpi")));
        synced();
        event("{'type':'rpi_depth','timestamp':AT,'bids':[],'asks':[],'last_update_id':1}");
        assertThat(health.verdict().reasons()).isEmpty();
        event("{'type':'status','status':'suspect','symbol':'BTCUSDT','channel':'depth.rpi','reason':'a lost update'}");

        assertThat(health.verdict().reasons()).containsExactly("book depth.rpi of BTCUSDT is suspect: a lost update");
        assertThat(health.verdict().ready()).isFalse();
        assertThat(feedHealth.verdict().ready()).as("if it is not wanted").isTrue();
        assertThat(market.synced(Ids.bare("BTCUSDT"))).as("the other book").isTrue();

        event("{'type':'status','status':'synced','symbol':'BTCUSDT','channel':'depth.rpi'}");
        assertThat(health.verdict().ready()).isTrue();
    }

    @Test
    void aRefusedSubscriptionAndAStaleBookAreNotReady() {
        synced();
        market.depth(Events.delta("BTCUSDT", 5, 6, "99", "1"));
        subscriptions.failure(new Failure("not listed", null, null, null, "sub-1", false));

        assertThat(feedHealth.verdict().state()).hasToString("live");
        assertThat(feedHealth.verdict().reasons())
                .containsExactly(
                        "trades of BTCUSDT refused: not listed",
                        "book of BTCUSDT is stale: gap: the update continues 5, the book stands at 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pre_launch", "auction", "halted", "delivering", "closed"})
    void aSymbolThatIsNotTradingIsAnAlarmButNoReason(String phase) {
        Subscriptions two = new Subscriptions(Ids.configured("BTCUSDT", "NEWUSDT"), List.of("trades", "depth"));
        FeedHealth health = feedHealth(false, two);
        synced();
        assertThat(health.verdict().reasons()).containsExactly("book of NEWUSDT is empty: no depth yet");

        market.status(Statuses.of(
                InstrumentInfo.STATUS,
                null,
                "NEWUSDT",
                null,
                null,
                null,
                Map.of("trading_status", "Word", "phase", phase)));
        two.failure(new Failure("error:handler not found", null, null, null, "sub-3", false));
        assertThat(health.verdict().reasons()).isEmpty();
        assertThat(health.verdict().ready()).isTrue();
        clock.forward(Duration.ofMinutes(5).toMillis() + 1_000);
        assertThat(health.alarms(health.verdict()))
                .anyMatch(alarm -> alarm.startsWith("NEWUSDT is listed, but not trading: Word"))
                .noneMatch(alarm -> alarm.contains("of NEWUSDT"));

        market.status(Statuses.of(
                InstrumentInfo.STATUS,
                null,
                "NEWUSDT",
                null,
                null,
                null,
                Map.of("trading_status", "Trading", "phase", "trading")));
        assertThat(health.verdict().reasons()).contains("book of NEWUSDT is empty: no depth yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRADING", "Halted", "Closed", "break"})
    void theExchangesWordWithoutAPhaseTakesNoSymbolOutOfReadiness(String word) {
        confirmed();
        market.status(
                Statuses.of(InstrumentInfo.STATUS, null, "BTCUSDT", null, null, null, Map.of("trading_status", word)));

        FeedVerdict verdict = feedHealth.verdict();
        assertThat(verdict.state()).hasToString("stale");
        assertThat(verdict.ready()).isFalse();
        assertThat(verdict.readiness().wanted()).isOne();
        assertThat(verdict.reasons()).first().asString().startsWith("no market data for 11 s");
        assertThat(feedHealth.alarms(feedHealth.verdict())).isEmpty();
    }

    @Test
    void withoutDataTheFeedIsReadyOnlyIfEachSymbolIsInAPhaseWithoutTrading() {
        confirmed();
        listed("halted");

        FeedVerdict verdict = feedHealth.verdict();
        assertThat(verdict.readiness().wanted()).isZero();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.state()).hasToString("live");
        assertThat(verdict.fresh()).isFalse();

        feed.event(Statuses.of(
                Maintenance.STATUS,
                null,
                null,
                "system",
                null,
                null,
                Map.of(
                        "title",
                        "Upgrade",
                        "state",
                        "ongoing",
                        "begin",
                        Instant.now().minusSeconds(60).toString())));
        assertThat(feedHealth.verdict().state()).hasToString("maintenance");
        assertThat(feedHealth.verdict().ready()).isFalse();

        listed(null);
        assertThat(feedHealth.verdict().readiness().wanted()).isOne();
    }

    private void listed(String phase) {
        market.status(Statuses.of(
                InstrumentInfo.STATUS,
                null,
                "BTCUSDT",
                null,
                null,
                null,
                phase == null ? Map.of() : Map.of("phase", phase)));
    }

    @Test
    void anEndedInstrumentIsAnAlarmButNoReasonAndStaysSoInTheNextProcess() {
        Subscriptions two = new Subscriptions(Ids.configured("BTCUSDT", "GONEUSDT"), List.of("trades", "depth"));
        FeedHealth health = feedHealth(false, two);
        synced();
        two.status(Statuses.of(InstrumentEnded.STATUS, null, "GONEUSDT", null, null, "it is closed", Map.of()));

        assertThat(health.verdict().reasons()).isEmpty();
        assertThat(health.alarms(health.verdict()))
                .containsExactly("GONEUSDT has ended and is unsubscribed: it is closed");
        assertThat(two.all())
                .filteredOn(s -> s.symbol().equals("GONEUSDT"))
                .extracting(s -> s.state().toString())
                .containsOnly("ended");

        two.ask();
        two.failure(new Failure("linear has no instrument GONEUSDT", "refused", null, null, "sub-3", false));
        two.failure(new Failure("linear has no instrument GONEUSDT", "refused", null, null, "sub-4", false));
        assertThat(health.verdict().reasons()).isEmpty();

        two.status(Statuses.of("subscribed", null, "GONEUSDT", "depth", "sub-4", null, Map.of()));
        assertThat(health.verdict().reasons())
                .as("listed again")
                .containsExactly("book of GONEUSDT is empty: no depth yet");
    }

    @Test
    void aBaseCoinIsJudgedByItsContracts() {
        InstrumentId coin = InstrumentId.of(null, "option", "BTC");
        FeedHealth health = feedHealth(
                false, new Subscriptions(new Instruments(null, "option", List.of(coin)), List.of("trades", "depth")));
        run(CONNECTED + IDLE);
        await().until(() -> feed.snapshot().alive());
        assertThat(health.verdict().reasons()).contains("book of BTC is empty: no depth yet");

        for (String contract : List.of("BTC-27NOV26-70000-C", "BTC-27NOV26-80000-C")) {
            String symbol = "'symbol':'" + contract + "','category':'option',";
            event("{'type':'trade'," + symbol + "'timestamp':AT,'price':'5','qty':1,'side':'buy','id':'" + contract
                    + "'}");
            event("{'type':'depth'," + symbol + "'timestamp':AT,'bids':[[4,1]],'asks':[[6,1]],'last_update_id':1}");
        }
        event("{'type':'trade','symbol':'BTC-28NOV26-70000-C','category':'option','timestamp':AT,'price':'5','qty':1,"
                + "'side':'buy','id':'new'}");
        event("{'type':'trade','symbol':'BTCUSDT-27NOV26','category':'linear','timestamp':AT,'price':'5','qty':1,"
                + "'side':'buy','id':'f'}");
        assertThat(health.verdict().reasons()).isEmpty();
        assertThat(counters.channel("trades", coin).count()).isEqualTo(3);
        assertThat(health.alarms(health.verdict())).isEmpty();

        clock.forward(Duration.ofMinutes(5).toMillis() + 1_000);
        assertThat(health.alarms(health.verdict()))
                .containsExactly("trades of BTC: no data for 301 s", "depth of BTC: no data for 301 s");
    }

    private void event(String json) {
        try {
            Event event = new EventReader(List.of("BTCUSDT"), false, () -> Events.AT)
                    .read(json.replace('\'', '"')
                            .replace("AT", Long.toString(Events.AT / 1000))
                            .getBytes(StandardCharsets.UTF_8));
            feed.line();
            feed.event(event);
            counters.event(event);
            if (event instanceof Trade trade) {
                market.trade(trade);
            } else if (event instanceof Depth depth) {
                market.depth(depth);
            }
        } catch (InvalidEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aWantedChannelThatIsSilentIsAnAlarm() {
        run(CONNECTED + TRADE + IDLE);
        await().until(() -> feedHealth.verdict().connected());
        assertThat(feedHealth.alarms(feedHealth.verdict())).isEmpty();

        clock.forward(Duration.ofMinutes(5).toMillis() + 1_000);
        assertThat(feedHealth.alarms(feedHealth.verdict()))
                .containsExactly("trades of BTCUSDT: no data for 301 s", "depth of BTCUSDT: no data received yet");
    }

    @Test
    void theFurtherChannelsAreLookedAtOneByOneButLiquidationsMayBeRare() {
        Subscriptions many = new Subscriptions(
                Ids.configured("BTCUSDT"), List.of("ticker", "kline.1m", "kline.1h", "liquidations", "depth.200"));
        run(CONNECTED
                + say("{'type':'ticker','timestamp':AT,'last_price':1}")
                + say("{'type':'kline','timestamp':AT,'interval':'1h','start':AT,'end':1780491600000,'open':1,'high':1,"
                        + "'low':1,'close':1,'volume':1,'closed':false}")
                + BOOK
                + IDLE);
        await().until(() -> market.synced(Ids.bare("BTCUSDT")));
        assertThat(feedHealth(false, many).verdict().reasons())
                .containsExactly("book depth.200 of BTCUSDT is not synced");

        clock.forward(Duration.ofMinutes(5).toMillis() + 1_000);

        FeedHealth later = feedHealth(false, many);
        assertThat(later.alarms(later.verdict()))
                .containsExactly(
                        "ticker of BTCUSDT: no data for 301 s",
                        "kline.1m of BTCUSDT: no data received yet",
                        "kline.1h of BTCUSDT: no data for 301 s",
                        "depth.200 of BTCUSDT: no data received yet");
    }

    @Test
    void aTickerIsMarketDataAsATradeIs() {
        run(CONNECTED + say("{'type':'ticker','timestamp':AT,'last_price':1}") + IDLE);
        await().until(() -> feedHealth.verdict().connected());

        assertThat(feedHealth.fresh()).isTrue();
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(Events.AT / 1_000 * 1_000);
    }

    @Test
    void aClockThatIsFarOffIsAnAlarmAndHealthShowsTheOffset() {
        run(CONNECTED + TRADE + IDLE);
        await().until(() -> feedHealth.verdict().connected());
        feed.event(heartbeat(-499.9));
        assertThat(feedHealth.alarms(feedHealth.verdict())).isEmpty();

        feed.event(heartbeat(-1_250.4));

        assertThat(feedHealth.alarms(feedHealth.verdict()))
                .containsExactly("the local clock is 1250 ms ahead of the exchange's; synchronize it with NTP");
        JsonNode health = ResponseJson.MAPPER.valueToTree(payload().payload());
        assertThat(health.at("/connector/clock")).hasToString("{\"offset_ms\":-1250.4,\"uncertainty_ms\":1.5}");

        feed.event(heartbeat(700));
        assertThat(feedHealth.alarms(feedHealth.verdict()))
                .containsExactly("the local clock is 700 ms behind the exchange's; synchronize it with NTP");
        feed.started(() -> true);
        assertThat(feed.snapshot().report().clock() != null).isFalse();
        assertThat(feed.clockOffsetMicros()).isZero();
    }

    @Test
    void thePhasesWithoutAProcess() throws Exception {
        run("exit 3");
        await().untilAsserted(() -> assertThat(feedHealth.verdict().reasons())
                .containsExactly("no connector process: retrying; the last one ended with exit status 3"));
        awaitState("retrying");
        supervisor.exhausted();
        assertThat(feedHealth.verdict().state()).hasToString("exhausted");

        running.get(10, TimeUnit.SECONDS);
        run("exit 78");
        awaitState("misconfigured");
        running.get(10, TimeUnit.SECONDS);
        run(TRADE);
        awaitState("finished");
        assertThat(feedHealth.verdict().connected()).isFalse();
        assertThat(feedHealth.verdict().reasons())
                .as("an old failure is not relevant any more")
                .containsExactly("no connector process: finished");
        supervisor.stop();
        assertThat(feedHealth.verdict().state()).hasToString("stopped");
    }

    @Test
    void aProcessThatHasEndedIsNotStartingWhileItsLastLinesAreRead() {
        taken = new CountDownLatch(1);
        run(TRADE + "exit 3");
        await().until(() -> feed.phase() == Phase.RUNNING
                && supervisor.starts() == 1
                && !feed.snapshot().alive());

        assertThat(feedHealth.verdict().state()).hasToString("retrying");
        assertThat(feedHealth.verdict().reasons()).containsExactly("the connector process has ended");
        taken.countDown();
    }

    @Test
    void aLineThatIsHeldMakesTheStateBlockedAndLivenessDownInTheEnd() {
        synced();
        clock.forward(1);
        taken = new CountDownLatch(1);
        supervisor.stop();
        running.join();
        supervisor.resume();
        run(CONNECTED + IDLE);
        await().until(() -> supervisor.queueSize() == 1);
        clock.forward(4_999);
        assertThat(feedHealth.verdict().state()).hasToString("starting");
        assertThat(feedHealth.blocked()).isNull();

        clock.forward(10_001);

        assertThat(feedHealth.verdict().state()).hasToString("blocked");
        assertThat(feedHealth.verdict().reasons())
                .startsWith("blocked: route trades, step delay1, 15 s", "no market data yet from this process");
        assertThat(new Probes(feedHealth).live().httpStatus()).isEqualTo(200);
        JsonNode health = ResponseJson.MAPPER.valueToTree(payload().payload());
        assertThat(health.at("/connector/blocked"))
                .hasToString("{\"route\":\"trades\",\"step\":\"delay1\",\"seconds\":15.0,\"type\":\"trade\","
                        + "\"symbol\":\"BTCUSDT\",\"category\":\"linear\"}");
        clock.forward(Duration.ofMinutes(2).toMillis());
        assertThat(new Probes(feedHealth).live().httpStatus()).isEqualTo(503);
        taken.countDown();
        await().until(() -> feedHealth.blocked() == null);
        assertThat(new Probes(feedHealth).live().httpStatus()).isEqualTo(200);
    }

    /** Runs a process that confirms a subscription and sends no data for 11 s. */
    private void confirmed() {
        run(CONNECTED
                + say("{'status':'subscribed','channel':'trades','symbol':'BTCUSDT','id':'sub-1'}")
                + say("{'status':'heartbeat'}")
                + IDLE);
        await().until(() -> feedHealth.verdict().connected());
        await().until(() -> feed.snapshot().healthy());
        clock.forward(11_000);
    }

    @Test
    void aConfirmedFeedWithoutDataIsConnectedAndStale() {
        confirmed();

        assertThat(feedHealth.verdict().state()).hasToString("stale");
        assertThat(feedHealth.fresh()).isFalse();
        assertThat(feedHealth.verdict().reasons())
                .startsWith("no market data for 11 s; the connector and its connection are healthy");
        clock.forward(2_000);
        assertThat(feedHealth.verdict().reasons())
                .as("its heartbeats are late")
                .startsWith("no market data yet from this process; subscriptions are confirmed");
    }

    @Test
    void theFiguresOfTheLastHeartbeatAreInHealth() {
        feed.event(Statuses.with(
                Statuses.with(Statuses.with(heartbeat(1), "trades_lost", 3), "nested", List.of(1)),
                "long",
                "x".repeat(101)));
        for (int i = 0; i < 100; i++) {
            feed.event(heartbeat(1));
        }
        Status many = Statuses.with(heartbeat(1), "trades_lost", 4);
        for (int i = 0; i < 100; i++) {
            many = Statuses.with(many, "z" + i, i);
        }
        JsonNode health = ResponseJson.MAPPER.valueToTree(payload().payload());
        assertThat(health.at("/connector/connector_health/figures")).hasSize(2);

        feed.event(many);
        health = ResponseJson.MAPPER.valueToTree(payload().payload());
        assertThat(health.at("/connector/connector_health/figures")).hasSize(64);
        assertThat(health.at("/connector/connector_health/figures/trades_lost").asInt())
                .isEqualTo(4);
        feed.started(() -> true);
        assertThat(feed.snapshot().report().shown()).isEmpty();
    }

    @Test
    void gapsAndRepairedTradesAreInPrometheus() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new Meters(supervisor, feed, counters, market, letters, statusLog, feedHealth, subscriptions).bindTo(registry);

        statusLog.status(Events.status(Gap.STATUS, "trades", "BTCUSDT", null, "lost"));
        statusLog.status(Events.status(Gap.STATUS, "trades", "ETHUSDT", null, "lost"));
        statusLog.status(Statuses.with(Events.status("repaired", "trades", "BTCUSDT", null, null), "count", 17));
        for (int i = 0; i < 150; i++) {
            statusLog.status(Events.status(Gap.STATUS, "c" + i, null, null, "lost"));
        }

        assertThat(registry.get("livefeed.gaps")
                        .tag("channel", "trades")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("livefeed.repaired.trades").functionCounter().count())
                .isEqualTo(17);
        assertThat(registry.get("livefeed.gaps")
                        .tag("channel", "other")
                        .counter()
                        .count())
                .as("channels that are not wanted")
                .isEqualTo(150);
    }

    @Test
    void booksOfEachVenueAreCountedOnTheirOwn() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        for (String venue : new String[] {"bybit", "binance"}) {
            new Meters(supervisor, feed, counters, market, letters, statusLog, feedHealth, subscriptions)
                    .of(venue, venue.equals("bybit"))
                    .bindTo(registry);
        }

        market.depth(Events.ofVenue("binance", Events.snapshot("BTCUSDT", 10, "99", "101")));
        market.depth(Events.ofVenue("binance", Events.delta("BTCUSDT", 14, 15, "99.7", "2")));

        for (String name : new String[] {"livefeed.book.gaps", "livefeed.book.resyncs"}) {
            assertThat(count(registry, name, "bybit")).as(name).isZero();
            assertThat(count(registry, name, "binance")).as(name).isEqualTo(1);
        }
    }

    private static double count(SimpleMeterRegistry registry, String name, String venue) {
        return registry.get(name).tag("venue", venue).functionCounter().count();
    }

    @Test
    void aFirstOccurrenceIsAStepFromZero() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new Meters(supervisor, feed, counters, market, letters, statusLog, feedHealth, subscriptions).bindTo(registry);

        assertThat(registry.get("livefeed.gaps").counters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("channel"))
                .contains("trades", "depth", "account", "none", "other");
        assertThat(registry.get("livefeed.dead.letters").functionCounters())
                .extracting(Meter::getId)
                .extracting(id -> id.getTag("reason"))
                .containsExactlyInAnyOrderElementsOf(DeadLetters.reasons())
                .contains("not-json", "bad-price", "step-failed", "no-route");
        assertThat(registry.get("livefeed.events").functionCounters())
                .extracting(counter ->
                        counter.getId().getTag("type") + '/' + counter.getId().getTag("symbol"))
                .contains("trade/BTCUSDT", "depth/BTCUSDT", "status/none", "error/none", "unknown/none");
        for (String name : List.of(
                "livefeed.connector.restarts",
                "livefeed.connector.retries",
                "livefeed.connector.exhausted",
                "livefeed.connector.failures",
                "livefeed.connector.errors",
                "livefeed.exchange.disconnects",
                "livefeed.book.gaps",
                "livefeed.book.resyncs",
                "livefeed.repaired.trades",
                "livefeed.account.gaps")) {
            assertThat(registry.get(name).functionCounter().count()).as(name).isZero();
        }
        assertThat(counters.channels()).as("expected channels without events").isEmpty();
        assertThat(counters.channel("trades", Ids.bare("BTCUSDT"))).isNull();
    }

    @Test
    void theShapeOfHealth() throws Exception {
        synced();
        subscriptions.failure(new Failure("no hush-hush", null, null, null, "sub-1", false));
        letters.add(new byte[] {'x'}, "not-json", "m");

        JsonNode health = ResponseJson.MAPPER.valueToTree(payload().payload());

        assertThat(health.fieldNames())
                .toIterable()
                .containsExactly(
                        "connector",
                        "subscriptions",
                        "symbols",
                        "dead_letters",
                        "stream",
                        "state",
                        "queues",
                        "sinks",
                        "recording",
                        "application");
        JsonNode connector = health.path("connector");
        assertThat(connector.fieldNames())
                .toIterable()
                .startsWith("connected", "last_ts", "queue_size", "reconnection_attempts")
                .contains("state", "source", "synthetic", "fresh", "ready", "reasons", "connector_health");
        assertThat(connector.path("connected").asBoolean()).isTrue();
        assertThat(connector.path("last_ts").asText()).isEqualTo("2026-06-03T12:00:00.123000+00:00");
        assertThat(connector.path("reasons").toString()).contains("no ***").doesNotContain("hush");
        assertThat(connector.at("/connector_health/process_alive").asBoolean()).isTrue();
        assertThat(connector.at("/connector_health/pid").asLong()).isEqualTo(supervisor.pid());
        assertThat(health.at("/symbols/BTCUSDT/last_price").asText()).isEqualTo("100.50");
        assertThat(health.at("/symbols/BTCUSDT/best_bid").asText()).isEqualTo("99");
        assertThat(health.at("/dead_letters/by_reason/not-json").asInt()).isOne();
        assertThat(health.at("/subscriptions/0/events").asInt()).isOne();
        assertThat(health.at("/application/version").asText()).isEqualTo("1");
        assertThat(payload().line())
                .contains("state=live", "process_alive=true", "error_count=0", "trades=1", "depth=1");
    }

    @Test
    void progressOfBackfillAndSnapshots() {
        JsonNode before = ResponseJson.MAPPER.valueToTree(payload().payload()).at("/connector/progress");
        assertThat(before.path("snapshots").isNull()).isTrue();
        assertThat(before.at("/backfill/status").asText()).isEqualTo("pending");
        assertThat(before.at("/backfill/eta").isNull()).isTrue();

        feed.event(books(300, 120, 180));

        JsonNode waiting = ResponseJson.MAPPER.valueToTree(payload().payload()).at("/connector/progress/snapshots");
        assertThat(waiting.toString()).isEqualTo("{\"books\":300,\"synced\":120,\"waiting\":180,\"percentage\":40}");
        assertThat(payload().line()).contains(" progress=\"books 120 of 300\"");
        feed.event(books(300, 300, 0));
        assertThat(payload().line()).doesNotContain("progress");
    }

    @Test
    void healthOfNothing() {
        JsonNode connector =
                ResponseJson.MAPPER.valueToTree(payload().payload()).path("connector");

        assertThat(connector.path("connected").asBoolean()).isFalse();
        assertThat(connector.path("last_ts").isNull()).isTrue();
        assertThat(connector.at("/connector_health/pid").isNull()).isTrue();
        assertThat(connector.at("/connector_health/process_alive").asBoolean()).isFalse();
        assertThat(payload().line()).contains("seconds_since_last_event=none");
    }

    private static Status books(int wanted, int synced, int waiting) {
        Status status = Statuses.with(Statuses.of(Heartbeat.STATUS, "binance"), "books", wanted);
        return Statuses.with(Statuses.with(status, "books_synced", synced), "snapshots_waiting", waiting);
    }

    private static Status heartbeat(double offsetMillis) {
        return Statuses.with(
                Statuses.with(Statuses.of(Heartbeat.STATUS, "bybit"), "clock_offset_ms", offsetMillis),
                "clock_uncertainty_ms",
                1.5);
    }

    private HealthPayload payload() {
        return new HealthPayload(
                new ConnectorsPayload(
                        Map.of(
                                "test",
                                new ConnectorPayload(
                                        "test",
                                        feedHealth,
                                        supervisor,
                                        feed.account(),
                                        counters,
                                        statusLog,
                                        secrets,
                                        new BackfillProgress(() -> 0))),
                        feedHealth,
                        secrets),
                new MarketPayload(
                        List.of(new MarketPayload.Source(counters, subscriptions)), Instruments.NONE, market, secrets),
                letters,
                new dev.livefeed.app.stream.StreamFigures(),
                new StateHealth(
                        new ContextStore(market, null, Map.of()),
                        new PaperBroker(PaperSetup.settings(null), null, () -> -1)),
                new OutputsPayload(
                        new QueueHealth(
                                new BoundedQueues<>(event -> null),
                                new SinkBuffers(Path.of("unused"), DiskLimits.ofMegabytes(1, 0)),
                                secrets::redact),
                        new RecordingApi(
                                new SinkFiles(Path.of("unused"), Path.of("unused")).written(),
                                List::of,
                                secrets::redact),
                        secrets::redact),
                () -> new ApplicationBody("1", 0, null, null),
                secrets);
    }

    @Test
    void aPausedReplayIsPausedAndNothingElse() {
        String replay = "{'type':'status','status':'replay','speed':'1','position':'2026-05-28T20:26:40Z','state':";
        run(say("{'type':'status','status':'connected','synthetic':true,'replay':true}")
                + BOOK
                + TRADE
                + say(replay + "'paused'}")
                + "read -r command; "
                + say(replay + "'playing'}")
                + IDLE);
        await().until(() -> feed.snapshot().paused());
        clock.forward(Duration.ofHours(1).toMillis());

        FeedVerdict paused = feedHealth.verdict();
        assertThat(paused.state()).isEqualTo(FeedCondition.PAUSED);
        assertThat(paused.ready()).isFalse();
        assertThat(paused.fresh()).isFalse();
        assertThat(paused.connected()).isTrue();
        assertThat(paused.reasons()).containsExactly("the replay is paused at 2026-05-28T20:26:40Z");
        assertThat(feedHealth.alarms(paused)).isEmpty();

        supervisor.send("go\n".getBytes(StandardCharsets.UTF_8));
        await().until(() -> !feed.snapshot().paused());
        FeedVerdict resumed = feedHealth.verdict();
        assertThat(resumed.state()).as("the pause is no age of data").isEqualTo(FeedCondition.REPLAY);
        assertThat(feedHealth.alarms(resumed)).isEmpty();
    }

    private static String maintenance(String id, String state, Instant begin) {
        return say("{'type':'status','status':'maintenance','announcement':'" + id + "','title':'Upgrade','state':'"
                + state + "','begin':'" + begin + "','end':'" + begin.plusSeconds(7_200) + "'}");
    }

    @Test
    void maintenanceExplainsMissingDataOnly() {
        Instant hourAgo = Instant.now().minusSeconds(3_600);
        run(CONNECTED + TRADE + BOOK + maintenance("m", "ongoing", hourAgo) + IDLE);
        await().until(() -> feed.maintenances().current() != null);
        assertThat(feedHealth.verdict().state()).hasToString("live");
        assertThat(feedHealth.verdict().ready()).isTrue();
        assertThat(feedHealth.alarms(feedHealth.verdict()))
                .singleElement()
                .asString()
                .startsWith("the exchange is under maintenance \"Upgrade\" from ");

        clock.forward(10_001);
        assertThat(feedHealth.verdict().state()).hasToString("maintenance");
        assertThat(feedHealth.verdict().reasons())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("the exchange is under maintenance \"Upgrade\" from ");
    }

    @Test
    void announcedMaintenanceIsAnAlarmBeforeItBegins() {
        run(CONNECTED
                + TRADE
                + BOOK
                + maintenance("m", "scheduled", Instant.now().plusSeconds(3_600))
                + IDLE);
        await().until(() -> !feed.maintenances().view().soon().isEmpty());

        assertThat(feedHealth.alarms(feedHealth.verdict()))
                .singleElement()
                .asString()
                .startsWith("the exchange has announced maintenance \"Upgrade\" from ");
        clock.forward(10_001);
        assertThat(feedHealth.verdict().state()).hasToString("stale");
    }
}
