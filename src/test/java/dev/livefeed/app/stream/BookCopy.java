package dev.livefeed.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;

/** A client's copy of a book, built only from the messages it receives. */
final class BookCopy {

    private final OrderBook book = new OrderBook(10_000);
    private boolean right;
    private long at = -1;

    /** Applies a depth message or a stale status. */
    void take(JsonNode message) {
        if (message.path("status").asText().equals("stale")) {
            right = false;
            return;
        }
        Levels bids = levels(message.path("bids"));
        Levels asks = levels(message.path("asks"));
        if (message.path("snapshot").asBoolean()) {
            book.snapshot(bids, asks);
            right = true;
        } else {
            assertThat(right).as("a delta only follows a snapshot").isTrue();
            assertThat(message.path("prev_update_id").asLong()).isEqualTo(at);
            book.apply(bids, asks);
        }
        at = message.path("last_update_id").asLong();
    }

    /** Asserts that the copy equals this book, or that both are not synced. */
    void is(BookView kept) {
        assertThat(right).isEqualTo(kept.state() == BookState.SYNCED);
        if (right) {
            assertThat(at).isEqualTo(kept.lastUpdateId());
            assertThat(book.bids().top(1_000)).isEqualTo(kept.bids());
            assertThat(book.asks().top(1_000)).isEqualTo(kept.asks());
        }
    }

    private static Levels levels(JsonNode list) {
        Levels.Builder builder = new Levels.Builder();
        list.forEach(level -> builder.add(
                new BigDecimal(level.get(0).asText()),
                new BigDecimal(level.get(1).asText())));
        return builder.build();
    }
}
