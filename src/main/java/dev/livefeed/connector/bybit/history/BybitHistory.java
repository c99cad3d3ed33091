package dev.livefeed.connector.bybit.history;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.history.CandlePages;
import dev.livefeed.connector.history.HistoryPages;
import dev.livefeed.connector.history.HistoryRefusedException;
import dev.livefeed.connector.history.HistorySource;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Failure;
import java.util.function.BooleanSupplier;

/** The past data that Bybit publishes: candles, and the last trades. */
public final class BybitHistory implements HistorySource {

    private final FeedContext context;
    private final BooleanSupplier synthetic;

    /** @param synthetic whether the venue reports its data as synthetic */
    public BybitHistory(FeedContext context, BooleanSupplier synthetic) {
        this.context = context;
        this.synthetic = synthetic;
    }

    @Override
    public String category(Command command) throws HistoryRefusedException {
        return of(command).text();
    }

    private Category of(Command command) throws HistoryRefusedException {
        Category category =
                command.category() == null ? context.settings().category() : Category.of(command.category());
        if (category == null) {
            throw new HistoryRefusedException(
                    HistoryRefusedException.REFUSED,
                    "category is \"" + command.category() + "\", must be one of " + Category.names());
        }
        return category;
    }

    @Override
    public HistoryPages pages(Command command) throws HistoryRefusedException {
        if (!context.rest().available()) {
            throw new HistoryRefusedException(Failure.UNSUPPORTED, "no REST host is set, so there is no history");
        }
        Category category = of(command);
        TopicName topic;
        try {
            topic = TopicName.of(
                    category,
                    command.channel(),
                    command.symbol(),
                    context.settings().depth(category));
        } catch (IllegalArgumentException e) {
            throw new HistoryRefusedException(Failure.UNSUPPORTED, e.getMessage());
        }
        if (topic.kind() == TopicName.Kind.TRADES) {
            return new TradePages(topic, command.symbol(), command.range(), synthetic.getAsBoolean());
        }
        if (topic.kind() != TopicName.Kind.KLINE || CandlePages.length(topic.interval()) == 0) {
            throw new HistoryRefusedException(
                    Failure.UNSUPPORTED,
                    "channel " + command.channel() + " has no history; use trades, or kline.1m to kline.1d");
        }
        try {
            return new CandlePages(
                    new BybitCandles(topic),
                    topic.instrument(),
                    topic.interval(),
                    command.range(),
                    synthetic.getAsBoolean());
        } catch (IllegalArgumentException e) {
            throw new HistoryRefusedException(HistoryRefusedException.REFUSED, e.getMessage());
        }
    }
}
