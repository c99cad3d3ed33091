package dev.livefeed.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages of one type as CSV (RFC 4180) with a header. A depth message has one row for each level; a field that a
 * message does not have is empty. Numbers are written as in the message, with all digits.
 */
final class CsvFormat implements RowFormat {

    private static final List<String> LEVEL = List.of(
            "timestamp",
            "received_at",
            "venue",
            "category",
            "symbol",
            "snapshot",
            "last_update_id",
            "side",
            "price",
            "qty");

    private static final Map<String, List<String>> COLUMNS = Map.of(
            "trade",
            List.of(
                    "timestamp",
                    "received_at",
                    "venue",
                    "category",
                    "symbol",
                    "side",
                    "price",
                    "qty",
                    "id",
                    "late",
                    "synthetic"),
            "depth",
            LEVEL,
            "candle",
            List.of(
                    "start",
                    "timeframe",
                    "category",
                    "symbol",
                    "open",
                    "high",
                    "low",
                    "close",
                    "volume",
                    "quote_volume",
                    "delta",
                    "vwap",
                    "trades",
                    "closed",
                    "synthetic"),
            "ticker",
            List.of(
                    "timestamp",
                    "received_at",
                    "venue",
                    "category",
                    "symbol",
                    "last_price",
                    "mark_price",
                    "index_price",
                    "bid_price",
                    "bid_qty",
                    "ask_price",
                    "ask_qty",
                    "volume_24h",
                    "open_interest",
                    "funding_rate",
                    "synthetic"),
            "kline",
            List.of(
                    "start",
                    "interval",
                    "venue",
                    "category",
                    "symbol",
                    "open",
                    "high",
                    "low",
                    "close",
                    "volume",
                    "turnover",
                    "closed",
                    "synthetic"),
            "liquidation",
            List.of("timestamp", "received_at", "venue", "category", "symbol", "side", "price", "qty", "synthetic"),
            "signal",
            List.of(
                    "timestamp",
                    "strategy",
                    "category",
                    "symbol",
                    "signal_type",
                    "order_type",
                    "price",
                    "quantity",
                    "confidence",
                    "order",
                    "refused",
                    "synthetic"),
            "status",
            List.of("timestamp", "venue", "category", "symbol", "status", "channel", "reason", "count", "from", "to"));

    private final List<String> columns;
    private final boolean levels;
    private final CsvMapper mapper = new CsvMapper();
    private boolean begun;

    private CsvFormat(List<String> columns, boolean levels) {
        this.columns = columns;
        this.levels = levels;
    }

    /** @throws IllegalArgumentException with the rule, if rows of these types cannot be in one table */
    static CsvFormat of(Set<String> types) {
        String type = types.iterator().next();
        if (types.size() != 1 || !COLUMNS.containsKey(type)) {
            throw new IllegalArgumentException("csv is a table of one type, with --type "
                    + String.join(", ", COLUMNS.keySet().stream().sorted().toList()) + "; json prints any");
        }
        return new CsvFormat(COLUMNS.get(type), type.equals("depth"));
    }

    @Override
    public String rows(String json, JsonNode message) throws IOException {
        StringBuilder rows = new StringBuilder();
        if (!begun) {
            begun = true;
            rows.append(row(columns));
        }
        if (levels) {
            for (String side : List.of("bids", "asks")) {
                for (JsonNode level : message.path(side)) {
                    List<String> values = values(message, columns.subList(0, columns.size() - 3));
                    values.add(side.equals("bids") ? "bid" : "ask");
                    values.add(ExactJson.text(level.path(0)));
                    values.add(ExactJson.text(level.path(1)));
                    rows.append(row(values));
                }
            }
        } else {
            rows.append(row(values(message, columns)));
        }
        return rows.toString();
    }

    private static List<String> values(JsonNode message, List<String> columns) {
        List<String> values = new ArrayList<>();
        columns.forEach(column -> values.add(ExactJson.text(message.path(column))));
        return values;
    }

    private String row(List<String> values) throws IOException {
        return mapper.writer(CsvSchema.emptySchema().withLineSeparator("\n")).writeValueAsString(values);
    }
}
