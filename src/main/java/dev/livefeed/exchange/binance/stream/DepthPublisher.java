package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.stream.BookFeed;
import dev.livefeed.exchange.stream.TopLevels;
import dev.livefeed.exchange.wire.AsciiText;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes of the whole book; a client begins with a snapshot from REST. An event has every level that was touched
 * since the one before, even if it is as it was: a snapshot between them may have it otherwise.
 */
final class DepthPublisher extends BinancePublisher implements BookFeed {

    private final TopLevels bids;
    private final TopLevels asks;
    private final AsciiText scratch = new AsciiText(1024);
    private final Set<Long> touchedBids = new TreeSet<>();
    private final Set<Long> touchedAsks = new TreeSet<>();
    private long seenId;
    private long lastId;

    DepthPublisher(BinanceStream stream, MarketData data) {
        super(stream, data, SimulatedMarkets.STEP);
        bids = new TopLevels(Integer.MAX_VALUE, noting(touchedBids));
        asks = new TopLevels(Integer.MAX_VALUE, noting(touchedAsks));
        data.startRecording();
        changes();
    }

    private static TopLevels.LevelFormat noting(Set<Long> touched) {
        return new TopLevels.LevelFormat() {
            @Override
            public void price(AsciiText out, long ticks) {
                touched.add(ticks);
            }

            @Override
            public void size(AsciiText out, long lots) {}
        };
    }

    @Override
    protected void activate(long now) {
        changes();
        touchedBids.clear();
        touchedAsks.clear();
        lastId = seenId;
    }

    /** The book did not change while the market was silent. */
    @Override
    protected void reopen(long now) {}

    @Override
    protected void publish(long now) {
        changes();
        if (now % topic().millis() < SimulatedMarkets.STEP) {
            push(now);
        }
    }

    @Override
    public boolean changeAndPush(long now) {
        data().market().requote(now);
        changes();
        push(now);
        return true;
    }

    private void push(long now) {
        if (!touchedBids.isEmpty() || !touchedAsks.isEmpty()) {
            long previous = lastId;
            lastId = seenId;
            data().record();
            event(previous, now);
            touchedBids.clear();
            touchedAsks.clear();
        }
    }

    private void changes() {
        if (data().updateId() != seenId) {
            Book book = data().market().book();
            bids.update(book.bids(), scratch.clear());
            asks.update(book.asks(), scratch.clear());
            seenId = data().updateId();
        }
    }

    private void levels(AsciiText event, Set<Long> touched, boolean bid) {
        for (long price : touched) {
            event.add("[\"");
            numbers().price(event, price);
            event.add("\",\"");
            numbers().size(event, data().market().book().side(bid).sizeAt(price));
            event.add("\"],");
        }
        event.dropLast(',');
    }

    private void event(long previous, long now) {
        AsciiText event = event().add("{\"e\":\"depthUpdate\",\"E\":").add(now);
        if (!spot()) {
            event.add(",\"T\":").add(data().market().book().changedAt());
        }
        event.add(",\"s\":\"").add(data().symbol()).add("\",\"U\":").add(data().firstIdAfter(previous));
        event.add(",\"u\":").add(lastId);
        if (!spot()) {
            event.add(",\"pu\":").add(previous);
        }
        levels(event.add(",\"b\":["), touchedBids, true);
        levels(event.add("],\"a\":["), touchedAsks, false);
        send(event.add("]}"));
    }
}
