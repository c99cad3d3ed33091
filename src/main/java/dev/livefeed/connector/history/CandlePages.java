package dev.livefeed.connector.history;

import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Candles of the venue's REST interface, checked row by row. Only candles that are final are returned. */
public final class CandlePages implements HistoryPages {

    /** Maximum number of candles in a response. */
    public static final int PAGE = 1_000;

    /** Maximum number of candles per command. */
    public static final int MOST = 50_000;

    /** Time after the end of a candle after which it is final. */
    private static final long SETTLED = 5_000;

    private static final int EXCERPT = 120;

    private final Source source;
    private final InstrumentId instrument;
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

    /** How a venue is asked for candles. */
    public interface Source {

        /** The request for the candles that start from {@code first} to {@code last}, milliseconds since 1970. */
        String path(long first, long last);

        /** Weight of a request. */
        int weight();

        /**
         * Reads a response.
         *
         * @param rows receives an array of seven texts for each row: start in milliseconds, open, high, low, close,
         *     volume and turnover; the text of a row that is not a list
         * @return the venue's time in milliseconds since 1970
         * @throws UnreadableDataException if it is about another symbol than the request
         * @throws IOException if it has no list of at most {@link #PAGE} rows
         */
        long read(byte[] body, List<Object> rows) throws IOException;
    }

    /**
     * @param interval of a fixed length: see {@link #length}
     * @throws IllegalArgumentException if the range has too many candles
     */
    public CandlePages(
            Source source, InstrumentId instrument, KlineInterval interval, Command.Range range, boolean synthetic) {
        this.source = source;
        this.instrument = instrument;
        this.interval = interval;
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
    public static long length(KlineInterval interval) {
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
        return at >= end ? null : source.path(at, pageEnd() - length);
    }

    @Override
    public int weight() {
        return source.weight();
    }

    private long pageEnd() {
        return Math.min(end, at + PAGE * length);
    }

    @Override
    public List<Kline> read(byte[] body, long receivedAt) throws IOException {
        unread = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        long now = read(body, rows);
        long pageEnd = pageEnd();
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

    private long read(byte[] body, List<Object> rows) throws IOException {
        try {
            return source.read(body, rows);
        } catch (UnreadableDataException e) {
            unread(e.reason(), "the kline response cannot be used: ", e.getMessage());
            throw e;
        }
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
                        instrument,
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
