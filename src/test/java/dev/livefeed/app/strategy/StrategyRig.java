package dev.livefeed.app.strategy;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ContextRules;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.Sessions;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperSettings;
import dev.livefeed.app.route.convert.DecimalConverters;
import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Market, strategies, paper broker and the shipped signal routes without a connector; tests supply the events. */
public final class StrategyRig implements AutoCloseable {

    /** Replaces the route that publishes signals to stream clients. */
    private static final String NO_CLIENTS =
            """
            - route:
                id: stream
                from:
                  uri: direct:stream
                  steps:
                    - stop: {}
            """;

    private static final Sessions SESSIONS = Sessions.parse("london 08:00-12:00, overlap 13:00-17:00");

    public final Market market = new Market(
            () -> 0,
            new ContextRules(
                    ContextRules.DEFAULT.tickSize(),
                    false,
                    ContextRules.DEFAULT.maxBins(),
                    DayWindow.parse("08:00-08:10"),
                    SESSIONS,
                    false));
    public final EventClock clock = new EventClock();
    public final PaperBroker broker;
    public final Strategies strategies;
    public final DefaultCamelContext context = new DefaultCamelContext();
    public final FeedState feed = new FeedState(() -> 0);
    private long updates;

    public StrategyRig(PaperSettings paper, boolean lockstep, String timeframes, String regime) throws Exception {
        MarketReader reader = new MarketReader() {
            @Override
            public InstrumentId instrument(Event event) {
                return Ids.LINEAR.of(event);
            }

            @Override
            public ContextView context(InstrumentId instrument) {
                return market.context(instrument);
            }

            @Override
            public BookView book(InstrumentId instrument, int most) {
                return market.book(instrument, most);
            }

            @Override
            public boolean synced(InstrumentId instrument) {
                return market.synced(instrument);
            }
        };
        broker = new PaperBroker(paper, reader, clock::now);
        StrategySettings settings = new StrategySettings(
                Timeframe.list(timeframes),
                Duration.ofSeconds(2),
                SESSIONS,
                regime,
                Duration.ofMillis(100),
                lockstep,
                false);
        strategies = new Strategies(
                settings,
                reader,
                clock,
                broker,
                new StrategyQueues(lockstep),
                venue -> feed.snapshot(),
                System::nanoTime);
        feed.started(() -> true);
        context.disableJMX();
        context.getPropertiesComponent().addInitialProperty("strategy.clock.interval", "1000");
        DecimalConverters.in(context);
        context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
        context.getRegistry().bind("strategies", strategies);
        context.getRegistry().bind("signals", new Signals());
        context.getRegistry().bind("paperBroker", broker);
        broker.open();
        context.start();
        yaml(NO_CLIENTS);
        shipped("signals");
        // Only events advance the time here.
        context.getRouteController().stopRoute("candle-clock");
    }

    /** Loads a shipped route file. */
    public StrategyRig shipped(String name) throws Exception {
        return yaml(Files.readString(Path.of("routes", name + ".camel.yaml")));
    }

    public StrategyRig yaml(String routes) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromBytes("test.camel.yaml", routes.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    public void trade(Trade trade) {
        market.trade(trade);
        strategies.trade(trade);
    }

    /** Sends a book of BTCUSDT. */
    public void book(long micros, BigDecimal bid, BigDecimal ask, int levels) {
        book("BTCUSDT", micros, bid, ask, levels);
    }

    /** Sends a book with a number of levels a side, one tick of 0.5 apart. */
    public void book(String symbol, long micros, BigDecimal bid, BigDecimal ask, int levels) {
        Levels.Builder bids = new Levels.Builder();
        Levels.Builder asks = new Levels.Builder();
        BigDecimal tick = new BigDecimal("0.5");
        for (int i = 0; i < levels; i++) {
            bids.add(bid.subtract(tick.multiply(BigDecimal.valueOf(i))), new BigDecimal("1.25"));
            asks.add(ask.add(tick.multiply(BigDecimal.valueOf(i))), new BigDecimal("1.5"));
        }
        Depth depth =
                new Depth(symbol, "linear", micros, bids.build(), asks.build(), ++updates, -1, true, 50, micros, false);
        market.depth(depth);
        strategies.depth(depth);
    }

    public void status(Status status) {
        feed.event(status);
        market.status(status);
        strategies.status(status);
    }

    @Override
    public void close() throws IOException {
        context.stop();
        broker.close();
    }
}
