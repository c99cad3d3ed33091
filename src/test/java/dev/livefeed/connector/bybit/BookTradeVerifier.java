package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the connector's events against everything that the exchange sent. */
final class BookTradeVerifier {

    private final BookTradeRecorder recorder;
    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, List<Trade>> trades = new HashMap<>();
    private final Map<String, Set<String>> ids = new HashMap<>();
    private final Set<String> late = new HashSet<>();
    private final Map<String, List<Instant[]>> gaps = new HashMap<>();
    long depths;
    long repaired;
    boolean connected;

    private static final class Book {

        private final OrderBook levels;
        private long updateId = -1;
        private boolean stale = true;

        Book(int depth) {
            this.levels = new OrderBook(depth);
        }
    }

    BookTradeVerifier(BookTradeRecorder recorder) {
        this.recorder = recorder;
    }

    void read(List<Event> events) {
        for (Event event : events) {
            if (event instanceof Trade trade) {
                read(trade);
            } else if (event instanceof Depth depth) {
                read(depth);
            } else if (event instanceof Status status) {
                read(status);
            } else if (event instanceof Failure failure) {
                fail("the connector reported: " + failure);
            }
        }
    }

    private void read(Trade trade) {
        assertThat(ids.computeIfAbsent(trade.symbol(), key -> new HashSet<>()).add(trade.id()))
                .as("trade %s is delivered once", trade)
                .isTrue();
        trades.computeIfAbsent(trade.symbol(), key -> new ArrayList<>()).add(trade);
        assertThat(trade.synthetic()).isTrue();
    }

    private void read(Depth depth) {
        depths++;
        String topic = "orderbook." + depth.levels() + '.' + depth.symbol();
        Book book = books.computeIfAbsent(topic, key -> new Book(depth.levels()));
        if (depth.snapshot()) {
            book.levels.snapshot(depth.bids(), depth.asks());
            book.stale = false;
        } else {
            assertThat(book.stale).as("a delta of a stale book: %s", depth).isFalse();
            assertThat(depth.prevUpdateId()).as("%s continues", topic).isEqualTo(book.updateId);
            book.levels.apply(depth.bids(), depth.asks());
        }
        book.updateId = depth.lastUpdateId();
        assertThat(book.levels.crossed()).isFalse();
        assertThat(recorder.knows(topic, book.updateId, book.levels))
                .as("the exchange sent %s at %s: %s", topic, book.updateId, book.levels)
                .isTrue();
    }

    private void read(Status status) {
        switch (status.status()) {
            case ConnectionUp.STATUS -> connected = true;
            case ConnectionDown.STATUS -> {
                connected = false;
                books.values().forEach(book -> book.stale = true);
            }
            case Resyncing.STATUS -> {
                Book book = books.get("orderbook." + status.details().get("levels") + '.' + status.symbol());
                if (book != null) {
                    book.stale = true;
                }
            }
            case Gap.STATUS ->
                gaps.computeIfAbsent(status.symbol(), key -> new ArrayList<>()).add(new Instant[] {
                    Instant.parse((String) status.details().get("from")),
                    Instant.parse((String) status.details().get("to"))
                });
            case Repaired.STATUS -> {
                int count = ((Number) status.details().get("count")).intValue();
                repaired += count;
                if (status.reason() != null) {
                    // Omitted by the stream and fetched later: the trades just before this status are older than
                    // earlier ones.
                    List<Trade> all = trades.get(status.symbol());
                    all.subList(all.size() - count, all.size()).forEach(trade -> late.add(trade.id()));
                }
            }
            default -> {}
        }
    }

    /** Checks that every book is correct and up to date. */
    void assertSynced(String topic) {
        Book book = books.get(topic);
        assertThat(book).as(topic).isNotNull();
        assertThat(book.stale).as("%s is stale", topic).isFalse();
        assertThat(book.updateId).as("%s is up to date", topic).isEqualTo(recorder.newest(topic));
    }

    /**
     * Checks that every trade since the first delivered one was delivered in order, was announced as late, or lies in
     * an announced gap.
     *
     * @return number of delivered trades
     */
    int assertComplete(String symbol) {
        List<Trade> delivered = trades.getOrDefault(symbol, List.of()).stream()
                .filter(trade -> !late.contains(trade.id()))
                .toList();
        if (delivered.isEmpty()) {
            return 0;
        }
        Set<String> seen = ids.get(symbol);
        int at = 0;
        boolean begun = false;
        for (Map.Entry<String, Long> made : recorder.trades(symbol).entrySet()) {
            if (late.contains(made.getKey())) {
                continue;
            }
            if (seen.contains(made.getKey())) {
                begun = true;
                assertThat(delivered.get(at).id())
                        .as("trade %s of %s in order", at, symbol)
                        .isEqualTo(made.getKey());
                at++;
            } else if (begun) {
                Instant time = Times.instant(made.getValue());
                assertThat(gaps.getOrDefault(symbol, List.of()))
                        .as("the missing trade %s of %s at %s is announced", made.getKey(), symbol, time)
                        .anyMatch(gap -> !time.isBefore(gap[0]) && !time.isAfter(gap[1]));
            }
        }
        assertThat(at).as("every delivered trade of %s was made", symbol).isEqualTo(delivered.size());
        return at;
    }

    int gaps() {
        return gaps.values().stream().mapToInt(List::size).sum();
    }
}
