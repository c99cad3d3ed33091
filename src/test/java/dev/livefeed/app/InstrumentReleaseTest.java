package dev.livefeed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livefeed.app.api.ContextApi;
import dev.livefeed.app.api.InstrumentParameter;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.LastTrades;
import dev.livefeed.app.feed.LateTrades;
import dev.livefeed.app.feed.LocalClock;
import dev.livefeed.app.health.LimitWatch;
import dev.livefeed.app.market.ContextStore;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.metrics.LateTradeMeters;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is kept of an instrument is released when it has ended, and limits are announced before they are reached. */
class InstrumentReleaseTest {

    private static final long AT = 1_780_488_000_000_000L;
    private static final InstrumentId COIN = InstrumentId.of(null, "option", "BTC");

    @TempDir
    private Path folder;

    private final Instruments instruments = new Instruments(null, "option", List.of(COIN));
    private final Market market = new Market(() -> 0);
    private final FeedCounters counters = new FeedCounters(() -> 0, 50);
    private final LateTrades lateTrades = new LateTrades();
    private final Set<InstrumentId> positions = new HashSet<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManualClock clock = new ManualClock();

    private InstrumentRelease release;

    private EventRecorder recorder(ContextStore store) {
        new LateTradeMeters(lateTrades, List.of()).bindTo(registry);
        release = new InstrumentRelease(
                instruments,
                positions::contains,
                instrument -> counters.has(instrument) || market.has(instrument) || lateTrades.has(instrument),
                List.of(market::release, counters::release, lateTrades::release, instruments::release),
                store::release,
                clock);
        return new EventRecorder(
                new FeedState(() -> 0),
                counters,
                new LastTrades(instruments.configured()),
                lateTrades,
                market,
                (exchange, raw, path) -> {},
                new LocalClock());
    }

    /** As the events route and the status route take it. */
    private void status(EventRecorder recorder, Status status) {
        recorder.event(status);
        release.status(status);
    }

    private Trade trade(String symbol, long n) {
        return new Trade(
                instruments.of(symbol, "option"),
                Long.toString(n),
                AT + n,
                BigDecimal.TEN,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                AT + n,
                false,
                false,
                false);
    }

    private void take(EventRecorder recorder, String symbol, long n) {
        market.trade((Trade) recorder.event(trade(symbol, n)));
    }

    private void end(EventRecorder recorder, String symbol) {
        status(
                recorder,
                Statuses.of(
                        InstrumentEnded.STATUS, null, symbol, null, null, "delivered", Map.of("category", "option")));
    }

    @Test
    void anEndedContractLeavesMemoryStateAndMetrics() {
        ContextStore store = new ContextStore(market, folder, Map.of());
        store.claim();
        store.restore(List.of());
        EventRecorder recorder = recorder(store);
        take(recorder, "BTC-1JAN27-1-C", 1);
        take(recorder, "BTC-1JAN27-2-C", 2);
        store.save();
        assertThat(folder.resolve("option/BTC-1JAN27-1-C.json")).exists();
        assertThat(registry.find("livefeed.late.trades").meters()).hasSize(2);

        end(recorder, "BTC-1JAN27-1-C");
        store.save();

        assertThat(market.symbols()).extracting(InstrumentId::symbol).containsExactly("BTC-1JAN27-2-C");
        assertThat(counters.size()).isOne();
        assertThat(lateTrades.size()).isOne();
        assertThat(registry.find("livefeed.late.trades").meters()).hasSize(1);
        assertThat(folder.resolve("option/BTC-1JAN27-1-C.json")).doesNotExist();
        assertThat(folder.resolve("option/BTC-1JAN27-2-C.json")).exists();
        store.close();
    }

    @Test
    void oneWithAPositionIsReleasedWhenThatIsClosed() {
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        take(recorder, "BTC-1JAN27-1-C", 1);
        positions.add(instruments.of("BTC-1JAN27-1-C", "option"));
        end(recorder, "BTC-1JAN27-1-C");
        status(recorder, Statuses.of(Heartbeat.STATUS, null));
        assertThat(market.size()).isOne();

        positions.clear();
        status(recorder, Statuses.of(Heartbeat.STATUS, null));
        assertThat(market.size()).isZero();
    }

    @Test
    void oneThatIsListedAgainMeanwhileIsKept() {
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        take(recorder, "BTC-1JAN27-1-C", 1);
        positions.add(instruments.of("BTC-1JAN27-1-C", "option"));
        end(recorder, "BTC-1JAN27-1-C");
        status(
                recorder,
                Statuses.of(
                        InstrumentInfo.STATUS,
                        null,
                        "BTC-1JAN27-1-C",
                        null,
                        null,
                        null,
                        Map.of("category", "option", "phase", "trading")));
        positions.clear();
        status(recorder, Statuses.of(Heartbeat.STATUS, null));
        assertThat(market.size()).isOne();
    }

    @Test
    void aTradeThatComesAfterTheEndIsDeliveredAndReleasedAgain() {
        ContextStore store = new ContextStore(market, folder, Map.of());
        store.claim();
        store.restore(List.of());
        EventRecorder recorder = recorder(store);
        take(recorder, "BTC-1JAN27-1-C", 1);
        end(recorder, "BTC-1JAN27-1-C");
        for (int n = 2; n < 5; n++) {
            take(recorder, "BTC-1JAN27-1-C", n);
            take(recorder, "BTC-1JAN27-2-C", n);
            store.save();
            assertThat(market.symbols()).as("it is delivered").hasSize(2);
            assertThat(folder.resolve("option/BTC-1JAN27-1-C.json")).exists();

            status(recorder, Statuses.of(Heartbeat.STATUS, null));

            assertThat(market.symbols()).extracting(InstrumentId::symbol).containsExactly("BTC-1JAN27-2-C");
            assertThat(counters.size()).isOne();
            assertThat(lateTrades.size()).isOne();
            assertThat(registry.find("livefeed.late.trades").meters()).hasSize(1);
            assertThat(folder.resolve("option/BTC-1JAN27-1-C.json")).doesNotExist();
        }
        store.close();
    }

    @Test
    void dataThatGoesOnAfterTheEndIsAWarningOnceAMinute() {
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        end(recorder, "BTC-1JAN27-1-C");
        end(recorder, "BTC-1JAN27-2-C");
        Logger logger = (Logger) LoggerFactory.getLogger(InstrumentRelease.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            for (int n = 1; n <= 100; n++) {
                take(recorder, "BTC-1JAN27-1-C", n);
                take(recorder, "BTC-1JAN27-2-C", n);
                clock.forward(1_000);
                status(recorder, Statuses.of(Heartbeat.STATUS, null));
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list.stream()
                        .filter(line -> line.getLevel() == Level.WARN)
                        .map(ILoggingEvent::getFormattedMessage))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("ended_instrument_has_data symbol=option:BTC-1JAN27-1-C times=4 all=1:"),
                        second -> assertThat(second)
                                .startsWith(
                                        "ended_instrument_has_data symbol=option:BTC-1JAN27-1-C times=64 all=120:"));
        assertThat(market.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {InstrumentInfo.STATUS, Subscribed.STATUS})
    void oneThatIsListedOrSubscribedAgainIsNotReleasedAgain(String status) {
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        take(recorder, "BTC-1JAN27-1-C", 1);
        end(recorder, "BTC-1JAN27-1-C");
        status(
                recorder,
                Statuses.of(
                        status,
                        null,
                        "BTC-1JAN27-1-C",
                        "trades",
                        null,
                        null,
                        Map.of("category", "option", "phase", "trading")));
        take(recorder, "BTC-1JAN27-1-C", 2);

        status(recorder, Statuses.of(Heartbeat.STATUS, null));

        assertThat(market.size()).isOne();
    }

    @Test
    void aYearOfWeeklyContractsNeverReachesALimit() {
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        for (int week = 1; week <= 52; week++) {
            for (int strike = 1; strike <= 200; strike++) {
                take(recorder, "BTC-" + week + "W26-" + strike + "-C", week * 1_000L + strike);
            }
            for (int strike = 1; strike <= 200; strike++) {
                end(recorder, "BTC-" + week + "W26-" + strike + "-C");
            }
        }
        assertThat(market.size()).isZero();
        assertThat(market.notKept()).isZero();
        assertThat(counters.size()).isZero();
        assertThat(registry.find("livefeed.late.trades").meters()).isEmpty();
    }

    @Test
    void aLimitIsAnnouncedAtFourFifthsAndNoEventFailsBeyondIt() {
        LimitWatch watch = new LimitWatch(List.of(new LimitWatch.Limit(
                "symbols",
                "symbols with data",
                market::size,
                Market.MAX_SYMBOLS,
                market::notKept,
                "they are not kept")));
        EventRecorder recorder = recorder(new ContextStore(market, null, Map.of()));
        for (int n = 1; n < Market.MAX_SYMBOLS * 4 / 5; n++) {
            take(recorder, "BTC-1JAN27-" + n + "-C", n);
        }
        assertThat(watch.alarms()).isEmpty();

        take(recorder, "BTC-1JAN27-9999-C", 9_999);
        assertThat(watch.alarms())
                .containsExactly("symbols with data: 1600 of at most 2000; beyond that, they are not kept");
        for (int n = 10_000; n < 10_500; n++) {
            take(recorder, "BTC-1JAN27-" + n + "-C", n);
        }
        assertThat(watch.alarms())
                .containsExactly(
                        "symbols with data: 2000 of at most 2000; beyond that, they are not kept (100 events so far)");
    }

    @Test
    void aBaseCoinInARequestNamesItsContracts() throws Exception {
        InstrumentParameter parameter = new InstrumentParameter(instruments, market);
        ContextApi price = new ContextApi(market, parameter);
        market.trade(trade("BTC-1JAN27-1-C", 1));
        assertThat(price.context(null, "exact").price().symbol()).isEqualTo("BTC-1JAN27-1-C");

        market.trade(trade("BTC-1JAN27-2-C", 2));
        assertThatThrownBy(() -> price.context("BTC", "exact"))
                .hasMessage("BTC stands for 2 contracts, which have their own data; name one of them: BTC-1JAN27-1-C,"
                        + " BTC-1JAN27-2-C");
    }
}
