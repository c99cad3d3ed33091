package dev.livefeed.connector.bybit.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Candles of the venue's {@code kline}, checked row by row. Only candles that are final are returned. */
final class CandlePages implements HistoryPages {

    /** Maximum number of candles in a response. */
    static final int PAGE = 1_000;

    /** Maximum number of candles per command. */
    static final int MOST = 50_000;

    /** Time after the end of a candle after which it is final. */
    private static final long SETTLED = 5_000;

    private static final int EXCERPT = 120;

    private static final JsonFactory JSON = new JsonFactory();

    private final TopicName topic;
    private final KlineInterval interval;
    private final long length;
    private final boolean synthetic;
    private final DecimalParser decimal = new DecimalParser();
    private List<UnreadRow> unread = List.of();
    private long missingRows;
    private String firstMissing;
    private long at;
    private long end;
    private long to;

    /**
     * @param topic candles of a fixed length
     * @throws IllegalArgumentException if the range has too many candles
     */
    CandlePages(TopicName topic, Command.Range range, boolean synthetic) {
        this.topic = topic;
        this.interval = topic.interval();
        this.length = length(interval);
        this.synthetic = synthetic;
        this.at = -Math.floorDiv(-range.from(), length) * length;
        this.to = range.to();
        this.end = Math.floorDiv(range.to(), length) * length;
        if ((end - at) / length > MOST) {
            throw new IllegalArgumentException("the range has " + (end - at) / length + " candles of " + interval
                    + " and must have at most " + MOST + "; request it in parts");
        }
    }

    /** Length of a candle in milliseconds, or 0 if lengths vary or do not divide a day. */
    static long length(KlineInterval interval) {
        String text = interval.toString();
        long unit =
                switch (text.charAt(text.length() - 1)) {
                    case 'm' -> 60_000L;
                    case 'h' -> 3_600_000L;
                    case 'd' -> 86_400_000L;
                    default -> 0L;
                };
        return unit * Integer.parseInt(text.substring(0, text.length() - 1));
    }

    @Override
    public String next() {
        return at >= end
                ? null
                : "/v5/market/kline?category=" + topic.category().text() + "&symbol="
                        + Symbols.inAddress(topic.symbol()) + "&interval=" + topic.venueInterval() + "&start=" + at
                        + "&end=" + (pageEnd() - length) + "&limit=" + PAGE;
    }

    private long pageEnd() {
        return Math.min(end, at + PAGE * length);
    }

    @Override
    public List<Kline> read(byte[] body, long receivedAt) throws IOException {
        List<Object> rows = new ArrayList<>();
        long now = envelope(body, rows);
        long pageEnd = pageEnd();
        unread = new ArrayList<>();
        NavigableMap<Long, Kline> candles = new TreeMap<>();
        for (Object row : rows) {
            Kline candle = row instanceof String[] columns ? candle(columns, pageEnd, now, receivedAt) : null;
            if (candle != null) {
                add(candles, candle);
            } else if (!(row instanceof String[])) {
                unread(UnreadableReason.FORM, "a row of kline is not a list: ", String.valueOf(row));
            }
        }
        if (candles.isEmpty() && !unread.isEmpty()) {
            throw new IOException(unread.get(0).cause());
        }
        if (!unread.isEmpty()) {
            missingRows += unread.size();
            firstMissing = firstMissing == null ? unread.get(0).cause() : firstMissing;
        }
        long settled = Math.floorDiv(now - SETTLED, length) * length;
        if (settled < pageEnd) {
            candles.tailMap(settled, true).clear();
            to = Math.min(to, Math.max(at, settled));
            end = pageEnd;
        }
        at = pageEnd;
        return List.copyOf(candles.values());
    }

    private void add(NavigableMap<Long, Kline> candles, Kline candle) {
        Kline other = candles.putIfAbsent(candle.startMicros() / 1_000, candle);
        if (other != null && !other.equals(candle)) {
            unread(
                    UnreadableReason.TIME,
                    "the kline response has two candles of the same time: ",
                    String.valueOf(candle.startMicros() / 1_000));
        }
    }

    private void unread(UnreadableReason reason, String cause, String excerpt) {
        unread.add(new UnreadRow(
                reason, cause + (excerpt.length() > EXCERPT ? excerpt.substring(0, EXCERPT) + "..." : excerpt)));
    }

    /** Reads the rows, newest first; returns the venue's time. */
    private static long envelope(byte[] body, List<Object> rows) throws IOException {
        long time = -1;
        boolean list = false;
        try (JsonParser p = JSON.createParser(body)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                if (name.equals("time") && value == JsonToken.VALUE_NUMBER_INT) {
                    time = p.getLongValue();
                } else if (name.equals("result") && value == JsonToken.START_OBJECT) {
                    while (p.nextToken() == JsonToken.FIELD_NAME) {
                        if (p.currentName().equals("list") && p.nextToken() == JsonToken.START_ARRAY) {
                            rows(p, rows);
                            list = true;
                        } else {
                            p.nextToken();
                            p.skipChildren();
                        }
                    }
                } else {
                    p.skipChildren();
                }
            }
        }
        if (!list || time < 0) {
            throw new IOException("the kline response has no list of at most " + PAGE + " candles and no time");
        }
        return time;
    }

    private static void rows(JsonParser p, List<Object> rows) throws IOException {
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() >= PAGE) {
                throw new IOException("the kline response has no list of at most " + PAGE + " candles");
            }
            if (p.currentToken() == JsonToken.START_ARRAY) {
                rows.add(row(p));
            } else {
                rows.add(p.getText());
                p.skipChildren();
            }
        }
    }

    private static String[] row(JsonParser p) throws IOException {
        String[] row = new String[7];
        int column = 0;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (column < row.length && p.currentToken().isScalarValue()) {
                row[column] = p.getText();
            }
            column++;
            p.skipChildren();
        }
        return row;
    }

    /** The candle of a row; null, and noted, if it is none. */
    private Kline candle(String[] row, long pageEnd, long nowMillis, long receivedAt) {
        UnreadableReason reason = UnreadableReason.TIME;
        try {
            long start = Long.parseLong(row[0]);
            if (start < at || start >= pageEnd || start % length != 0) {
                unread(reason, "the kline response contains a candle that was not requested: ", row[0]);
                return null;
            }
            reason = UnreadableReason.NUMBER;
            BigDecimal open = price(row[1]);
            BigDecimal high = price(row[2]);
            BigDecimal low = price(row[3]);
            BigDecimal close = price(row[4]);
            BigDecimal volume = sum(row[5]);
            BigDecimal turnover = sum(row[6]);
            reason = UnreadableReason.PRICES;
            if (Kline.sound(open, high, low, close)) {
                return new Kline(
                        topic.instrument(),
                        nowMillis * 1_000,
                        interval,
                        start * 1_000,
                        (start + length - 1) * 1_000,
                        open,
                        high,
                        low,
                        close,
                        volume,
                        turnover,
                        true,
                        false,
                        receivedAt,
                        synthetic);
            }
        } catch (NumberFormatException e) {
            // Noted below.
        }
        unread(reason, "a row of kline is not a candle: ", String.join(", ", row));
        return null;
    }

    private BigDecimal price(String text) {
        if (text == null || !decimal.parse(text.toCharArray(), 0, text.length()) || decimal.unscaled() <= 0) {
            throw new NumberFormatException();
        }
        return decimal.value();
    }

    private static BigDecimal sum(String text) {
        if (text == null || !text.matches("\\d{1,18}(\\.\\d{1,18})?")) {
            throw new NumberFormatException();
        }
        return new BigDecimal(text);
    }

    @Override
    public long toMillis() {
        return to;
    }

    @Override
    public List<UnreadRow> unread() {
        return unread;
    }

    @Override
    public String missing() {
        return missingRows == 0 ? null : missingRows + " rows could not be read; the first one: " + firstMissing;
    }
}
