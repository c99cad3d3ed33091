package dev.livefeed.connector.bybit.history;

import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.trade.RecentTrades;
import dev.livefeed.connector.history.HistoryPages;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.List;

/** Trades of the venue's {@code recent-trade}, which has a single page with the newest trades. */
final class TradePages implements HistoryPages {

    private final TopicName topic;
    private final String symbol;
    private final Command.Range range;
    private final boolean synthetic;
    private boolean read;
    private long to;
    private String missing;
    private List<UnreadRow> unread = List.of();

    /** @param symbol an option contract; otherwise the symbol of the topic */
    TradePages(TopicName topic, String symbol, Command.Range range, boolean synthetic) {
        this.topic = topic;
        this.symbol = symbol;
        this.range = range;
        this.synthetic = synthetic;
        this.to = range.to();
    }

    @Override
    public String next() {
        if (read) {
            return null;
        }
        return topic.symbol().equals(symbol) ? RecentTrades.query(topic) : RecentTrades.query(topic, symbol);
    }

    @Override
    public List<Trade> read(byte[] body, long receivedAt) throws IOException {
        unread = List.of();
        RecentTrades.Rows rows = RecentTrades.read(body, topic, symbol, receivedAt, synthetic);
        read = true;
        to = Math.min(to, receivedAt / 1_000);
        if (rows.size() >= topic.category().recentTrades()
                && !rows.trades().isEmpty()
                && rows.oldestMicros() / 1_000 >= range.from()) {
            missing = "the venue has only its last " + rows.size() + " trades, from "
                    + Times.instant(rows.oldestMicros());
        }
        unread = rows.unread().stream()
                .filter(row -> row.micros() / 1_000 >= range.from() && row.micros() / 1_000 < range.to())
                .map(row -> new UnreadRow(
                        row.reason(), "its " + row.reason() + "; id " + row.id() + ", symbol " + row.symbol()))
                .toList();
        if (!unread.isEmpty()) {
            missing = (missing == null ? "" : missing + "; ") + unread.size() + " rows could not be read";
        }
        return rows.trades().stream()
                .filter(row -> millis(row) >= range.from() && millis(row) < range.to())
                .toList();
    }

    private static long millis(Trade trade) {
        return trade.timestampMicros() / 1_000;
    }

    @Override
    public List<UnreadRow> unread() {
        return unread;
    }

    @Override
    public long toMillis() {
        return to;
    }

    @Override
    public String missing() {
        return missing;
    }
}
