package dev.livefeed.connector.binance.history;

import dev.livefeed.connector.binance.trade.BinanceTradeSource;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.history.CandlePages;
import dev.livefeed.connector.history.HistoryPages;
import dev.livefeed.connector.history.HistoryRefusedException;
import dev.livefeed.connector.history.HistorySource;
import dev.livefeed.connector.history.NumberedTradePages;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import java.util.function.BooleanSupplier;

/** The past data that the venue publishes: candles, and trades of a day. */
public final class BinanceHistory implements HistorySource {

    private static final long DAY = 86_400_000L;

    private final VenueContext context;
    private final BinanceSettings settings;
    private final BooleanSupplier synthetic;

    /** @param synthetic whether the venue reports its data as synthetic */
    public BinanceHistory(VenueContext context, BinanceSettings settings, BooleanSupplier synthetic) {
        this.context = context;
        this.settings = settings;
        this.synthetic = synthetic;
    }

    @Override
    public String category(Command command) throws HistoryRefusedException {
        String own = settings.market().text();
        if (command.category() != null && !command.category().equals(own)) {
            throw new HistoryRefusedException(
                    HistoryRefusedException.REFUSED,
                    "category is \"" + command.category() + "\", must be " + own + " with BINANCE_MARKET "
                            + settings.market().setting());
        }
        return own;
    }

    @Override
    public HistoryPages pages(Command command) throws HistoryRefusedException {
        if (!context.rest().available()) {
            throw new HistoryRefusedException(Failure.UNSUPPORTED, "no REST host is set, so there is no history");
        }
        if (command.channel().equals("trades")) {
            return trades(command);
        }
        KlineInterval interval = command.channel().startsWith(Kline.TYPE + '.')
                ? KlineInterval.of(command.channel().substring(Kline.TYPE.length() + 1))
                : null;
        if (interval == null || CandlePages.length(interval) == 0) {
            throw new HistoryRefusedException(
                    Failure.UNSUPPORTED,
                    "channel " + command.channel() + " has no history; use trades, or kline.1m to kline.1d");
        }
        try {
            return new CandlePages(
                    new BinanceCandles(context, settings, command.symbol(), interval),
                    settings.market().instrument(command.symbol()),
                    interval,
                    command.range(),
                    synthetic.getAsBoolean());
        } catch (IllegalArgumentException e) {
            throw new HistoryRefusedException(HistoryRefusedException.REFUSED, e.getMessage());
        }
    }

    private HistoryPages trades(Command command) throws HistoryRefusedException {
        if (settings.singleTrades()) {
            throw new HistoryRefusedException(
                    Failure.UNSUPPORTED, "single trades are not found by time; set BINANCE_TRADES to aggTrade");
        }
        if (command.range().to() - command.range().from() > DAY) {
            throw new HistoryRefusedException(
                    HistoryRefusedException.REFUSED, "the range is longer than a day; request it in parts");
        }
        return new NumberedTradePages(
                context,
                new BinanceTradeSource(settings),
                settings.market().instrument(command.symbol()),
                command.range(),
                settings.historyFolder(),
                synthetic.getAsBoolean());
    }
}
