package dev.livefeed.app;

import dev.livefeed.app.api.InstrumentParameter;
import dev.livefeed.app.api.PaperApi;
import dev.livefeed.app.api.StrategyApi;
import dev.livefeed.app.feed.FeedSnapshots;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.Sessions;
import dev.livefeed.app.paper.OrderRules;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperSettings;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.strategy.EventClock;
import dev.livefeed.app.strategy.MarketReader;
import dev.livefeed.app.strategy.Signals;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueues;
import dev.livefeed.app.strategy.StrategySettings;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The strategies' part of the {@link ApplicationBeans}. Opens no file by being made. */
final class StrategyBeans {

    private final Strategies strategies;

    /** @param exchangeMicros the exchange's time as far as it is known, microseconds since 1970 */
    StrategyBeans(Settings settings, Market market, FeedSnapshots feeds, LongSupplier exchangeMicros) {
        EventClock clock = new EventClock(exchangeMicros);
        MarketReader reader = new MarketReader() {
            @Override
            public InstrumentId instrument(Event event) {
                return market.instrument(event);
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

            @Override
            public OrderRules rules(InstrumentId instrument) {
                return StrategyBeans.rules(market.listing(instrument));
            }
        };
        PaperBroker broker = new PaperBroker(paper(settings), reader, clock::now);
        StrategySettings engine = new StrategySettings(
                Timeframe.list(settings.text("strategy.timeframes")),
                settings.duration("strategy.lateness"),
                Sessions.parse(settings.text("sessions")),
                settings.text("strategy.regime.timeframe"),
                settings.duration("strategy.book.interval"),
                settings.lockstep(),
                settings.text("block.trades").equals("ignore"));
        strategies = new Strategies(
                engine, reader, clock, broker, new StrategyQueues(settings.lockstep()), feeds, System::nanoTime);
    }

    private static OrderRules rules(ListingState listing) {
        // Without a tick size it is not known what the exchange takes.
        if (listing == null || listing.tickSize() == null) {
            return OrderRules.NONE;
        }
        ListingState.OrderLimits limits = listing.limits();
        return new OrderRules(
                listing.tickSize(),
                limits.qtyStep(),
                limits.minQty(),
                limits.maxQty(),
                limits.maxMarketQty(),
                limits.minValue());
    }

    private static PaperSettings paper(Settings settings) {
        // A simulator and a real market never share a journal.
        Path folder = settings.stateFolder() == null
                ? null
                : settings.stateFolder()
                        .resolve("paper")
                        .resolve(settings.stateName())
                        .toAbsolutePath()
                        .normalize();
        Map<String, Path> earlier = earlierFolders(settings, "paper");
        earlier.values().remove(folder);
        return new PaperSettings(
                settings.stateName(),
                settings.instruments(),
                settings.decimal("paper.capital"),
                new PaperSettings.Fees(settings.decimal("paper.fee.maker"), settings.decimal("paper.fee.taker")),
                new PaperSettings.OrderLimits(
                        settings.decimal("paper.limit.order"),
                        settings.decimal("paper.limit.exposure"),
                        settings.decimal("paper.limit.daily.loss"),
                        (int) settings.whole("paper.limit.open.orders")),
                settings.duration("strategy.signal.age"),
                settings.duration("strategy.equity.interval"),
                new PaperSettings.JournalFiles(
                        folder,
                        earlier,
                        settings.keepsState(),
                        settings.duration("paper.journal.sync"),
                        settings.whole("paper.journal.file.mb") * 1024 * 1024));
    }

    /** Where earlier versions kept this kind of state, by the default category of that time. */
    static Map<String, Path> earlierFolders(Settings settings, String kind) {
        Map<String, Path> folders = new LinkedHashMap<>();
        if (settings.keepsState()) {
            Path place = settings.stateFolder().resolve(kind).toAbsolutePath().normalize();
            if (settings.sources().size() == 1) {
                settings.earlierStateNames(settings.sources().get(0))
                        .forEach((category, name) -> folders.put(category, place.resolve(name)));
            }
        }
        return folders;
    }

    Strategies strategies() {
        return strategies;
    }

    StrategyApi strategyApi(BooleanSupplier synthetic, InstrumentParameter parameter) {
        return new StrategyApi(strategies, parameter, synthetic);
    }

    PaperApi paperApi(InstrumentParameter parameter) {
        return new PaperApi(strategies.broker(), parameter);
    }

    /** The beans that routes name. */
    Map<String, Object> beans(BooleanSupplier synthetic, InstrumentParameter parameter) {
        return Map.of(
                "strategies", strategies,
                "signals", new Signals(),
                "paperBroker", strategies.broker(),
                "strategyApi", strategyApi(synthetic, parameter),
                "paperApi", paperApi(parameter));
    }
}
