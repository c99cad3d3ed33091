package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;

/** Compares what the connector has written with what was true in the market. */
final class EventChecks {

    private EventChecks() {}

    /** No trade between the first and the last one is missing, none comes twice or out of order, and each is right. */
    static void tradesAreComplete(RunningConnector connector, ScriptedBinance server, String symbol) {
        List<Trade> trades = connector.events(Trade.class).stream()
                .filter(trade -> trade.symbol().equals(symbol))
                .toList();
        assertThat(trades).isNotEmpty();
        long first = Long.parseLong(trades.get(0).id());
        for (int i = 0; i < trades.size(); i++) {
            assertThat(Long.parseLong(trades.get(i).id())).as("trade " + i).isEqualTo(first + i);
        }
        Map<Long, ScriptedMarket.Deal> deals = server.locked(() -> {
            Map<Long, ScriptedMarket.Deal> all = new java.util.HashMap<>();
            server.market(symbol).deals.forEach(deal -> all.put(deal.id(), deal));
            return all;
        });
        for (Trade trade : trades) {
            ScriptedMarket.Deal deal = deals.get(Long.parseLong(trade.id()));
            assertThat(trade.price()).isEqualByComparingTo(ScriptedMarket.price(deal.price()));
            assertThat(trade.timestampMicros()).isEqualTo(deal.millis() * 1_000L);
            assertThat(trade.isBuyerMaker()).isEqualTo(deal.buyerIsMaker());
        }
        assertThat(connector.statuses("gap")).isEmpty();
    }

    /** Each book is the one of the market at its update id, and is emitted only while it is known to be right. */
    static int booksAreRight(RunningConnector connector, ScriptedBinance server, String symbol) {
        OrderBook book = new OrderBook(ScriptedMarket.TOP);
        boolean synced = false;
        boolean merged = false;
        long last = -1;
        int compared = 0;
        // Before the truth, which must have all of their updates.
        List<Event> events = List.copyOf(connector.events());
        Map<Long, String> truth = server.locked(() -> Map.copyOf(server.market(symbol).truth));
        for (Event event : events) {
            if (event instanceof Failure failure) {
                assertThat(failure.code()).as(failure.error()).isNotEqualTo("invalid-line");
            }
            if (event instanceof Resyncing status && symbol.equals(status.symbol())) {
                synced = false;
            } else if (event instanceof Status status && status.status().equals("disconnected")) {
                synced &= status.details().get("open") instanceof Number open && open.longValue() > 0;
            } else if (event instanceof Depth depth && depth.symbol().equals(symbol)) {
                if (depth.snapshot()) {
                    book.snapshot(depth.bids(), depth.asks());
                    synced = true;
                } else {
                    assertThat(synced).as("delta of a book that is stale").isTrue();
                    assertThat(depth.prevUpdateId()).isEqualTo(last);
                    merged |= truth.keySet().stream()
                            .anyMatch(id -> id > depth.prevUpdateId() && id < depth.lastUpdateId());
                    book.apply(depth.bids(), depth.asks());
                }
                last = depth.lastUpdateId();
                String was = truth.get(last);
                assertThat(was).as("the market had no update " + last).isNotNull();
                assertThat(text(book)).as("book at update " + last).isEqualTo(was);
                compared++;
            }
        }
        assertThat(book.cut()).isZero();
        if (!merged) { // A merged update may delete a level that it has added itself.
            assertThat(book.absentDeletes()).isZero();
        }
        return compared;
    }

    private static String text(OrderBook book) {
        return side(book.bids().top(ScriptedMarket.TOP)) + side(book.asks().top(ScriptedMarket.TOP));
    }

    private static String side(Levels levels) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < levels.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(levels.price(i).setScale(2).toPlainString())
                    .append("\",\"")
                    .append(levels.qty(i).setScale(3).toPlainString())
                    .append("\"]");
        }
        return text.append(']').toString();
    }
}
