package dev.livefeed.connector.bybit.ticker;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.CandleStream;

/** Emits the candles of one topic. */
public final class KlineStream implements TopicStream {

    private final CandleStream candles;

    public KlineStream(Topic topic, FeedContext context) {
        this.candles = new CandleStream(
                context.venue(), topic.name().instrument(), topic.name().interval());
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        if (frame.unread.any()) {
            candles.mayBeLost();
        }
        candles.push(frame.klines, frame.timeMicros(), receivedAt, synthetic);
    }

    @Override
    public void unreadable(String why) {
        candles.mayBeLost();
    }

    @Override
    public void frameMayBeLost() {
        candles.mayBeLost();
    }

    @Override
    public void requested() {
        candles.requested();
    }

    @Override
    public void active() {}

    @Override
    public void ended() {
        candles.ended();
    }

    @Override
    public void tick() {
        candles.tick();
    }
}
