package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.market.Ladder;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A book with RPI orders: some prices of the book have RPI orders as well, and at some there are only RPI orders. A
 * snapshot on subscription, then deltas; a level without any size is gone.
 */
final class RpiBookPublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 100;
    private static final int DEPTH = 50;
    private static final int RPI_EVERY = 3;
    private static final int ONLY_RPI_EVERY = 7;

    private final SimulatedMarket market;
    private Map<Long, Sizes> bids = Map.of();
    private Map<Long, Sizes> asks = Map.of();
    private long version = -1;
    private long updateId;

    /** In lots. */
    private record Sizes(long plain, long rpi) {

        static final Sizes NONE = new Sizes(0, 0);
    }

    RpiBookPublisher(StreamTopic topic, SimulatedMarket market) {
        super(topic, PUSH_MILLIS);
        this.market = market;
        this.updateId = 2_000_000 + (market.key() >>> 40);
    }

    @Override
    protected void activate(long now) {
        refresh();
    }

    @Override
    protected TextFrame snapshot(long now) {
        return frame("snapshot", bids, asks, now);
    }

    @Override
    protected void publish(long now) {
        Map<Long, Sizes> bidsBefore = bids;
        Map<Long, Sizes> asksBefore = asks;
        if (refresh()) {
            updateId++;
            push(frame("delta", changes(bidsBefore, bids), changes(asksBefore, asks), now));
        }
    }

    /** @return whether anything has changed */
    private boolean refresh() {
        Book book = market.book();
        if (book.version() == version) {
            return false;
        }
        version = book.version();
        Map<Long, Sizes> newBids = side(book.bids());
        Map<Long, Sizes> newAsks = side(book.asks());
        boolean changed = !newBids.equals(bids) || !newAsks.equals(asks);
        bids = newBids;
        asks = newAsks;
        return changed;
    }

    private static Map<Long, Sizes> side(Ladder ladder) {
        Map<Long, Sizes> side = ordered(ladder.bid());
        for (int i = 0; i < Math.min(DEPTH, ladder.count()); i++) {
            long price = ladder.price(i);
            long size = ladder.size(i);
            boolean only = i > 0 && price % ONLY_RPI_EVERY == 0;
            side.put(price, new Sizes(only ? 0 : size, only || price % RPI_EVERY == 0 ? (size + 3) / 4 : 0));
        }
        return side;
    }

    private static Map<Long, Sizes> ordered(boolean bids) {
        return bids ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
    }

    private static Map<Long, Sizes> changes(Map<Long, Sizes> before, Map<Long, Sizes> after) {
        Map<Long, Sizes> changes = new TreeMap<>();
        before.keySet().forEach(price -> changes.put(price, Sizes.NONE));
        after.forEach((price, sizes) -> {
            if (sizes.equals(before.get(price))) {
                changes.remove(price);
            } else {
                changes.put(price, sizes);
            }
        });
        return changes;
    }

    private TextFrame frame(String type, Map<Long, Sizes> newBids, Map<Long, Sizes> newAsks, long now) {
        AsciiText frame = new AsciiText(2048).add("{\"topic\":\"").add(topic().text());
        frame.add("\",\"ts\":").add(now).add(",\"type\":\"").add(type);
        frame.add("\",\"data\":{\"s\":\"").add(topic().name()).add("\",\"b\":[");
        levels(frame, newBids);
        frame.add("],\"a\":[");
        levels(frame, newAsks);
        frame.add("],\"u\":").add(updateId).add(",\"seq\":").add(market.book().sequence());
        return TextFrame.of(
                frame.add("},\"cts\":").add(market.book().changedAt()).add('}'));
    }

    private void levels(AsciiText frame, Map<Long, Sizes> side) {
        side.forEach((price, sizes) -> {
            frame.add("[\"").add(market.instrument().priceText(price)).add("\",\"");
            frame.add(size(sizes.plain())).add("\",\"").add(size(sizes.rpi())).add("\"],");
        });
        frame.dropLast(',');
    }

    private String size(long lots) {
        return lots == 0 ? "0" : market.instrument().sizeText(lots);
    }
}
