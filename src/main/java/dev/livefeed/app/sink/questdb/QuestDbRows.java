package dev.livefeed.app.sink.questdb;

import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineTexts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lines of the protocol as rows of the tables in {@code questdb.tables.sql}. */
final class QuestDbRows {

    private static final String TRUE = "true";

    private final String venue;
    private final StringBuilder out = new StringBuilder();

    /** @param venue that of all lines, which do not contain it; null if they do */
    QuestDbRows(String venue) {
        this.venue = venue;
    }

    /**
     * Adds a line.
     *
     * @throws IOException if it is not an event of the protocol
     */
    void add(LineBatch lines, int index) throws IOException {
        Map<String, String> fields = LineTexts.of(lines.line(index));
        String type = lines.type(index);
        long sequence = lines.first() + index;
        switch (type) {
            case "trade" -> trade(fields, lines.run(), sequence);
            case "depth" -> depth(fields, lines.run(), sequence);
            default ->
                new InfluxRow(out, "events")
                        .symbol("venue", venue(fields))
                        .symbol("type", type)
                        .symbol("category", fields.get("category"))
                        .symbol("symbol", fields.get("symbol"))
                        .text("event", new String(lines.line(index), StandardCharsets.UTF_8))
                        .whole("run", lines.run())
                        .whole("sequence", sequence)
                        .at(time(fields, lines.storedMillis(index)));
        }
    }

    private String venue(Map<String, String> fields) {
        return venue == null ? fields.getOrDefault("venue", "_") : venue;
    }

    private void trade(Map<String, String> fields, long run, long sequence) throws IOException {
        new InfluxRow(out, "trades")
                .symbol("venue", venue(fields))
                .symbol("category", fields.get("category"))
                .symbol("symbol", fields.get("symbol"))
                .symbol("side", fields.get("side"))
                .text("trade_id", fields.get("id"))
                .decimal("price", fields.get("price"))
                .decimal("size", fields.get("qty"))
                .time("received_time", fields.get("received_at"))
                .whole("exchange_sequence", fields.get("seq"))
                .flag("block_trade", flag(fields, "block_trade"))
                .flag("rpi", flag(fields, "rpi"))
                .flag("repaired", flag(fields, "repaired"))
                .flag("late", flag(fields, "late"))
                .flag("history", flag(fields, "history"))
                .flag("synthetic", flag(fields, "synthetic"))
                .whole("run", run)
                .whole("sequence", sequence)
                .at(micros(fields.get("timestamp")));
    }

    private void depth(Map<String, String> fields, long run, long sequence) throws IOException {
        new InfluxRow(out, "depth")
                .symbol("venue", venue(fields))
                .symbol("category", fields.get("category"))
                .symbol("symbol", fields.get("symbol"))
                .flag("snapshot", !"false".equals(fields.get("snapshot")))
                .whole("last_update_id", fields.get("last_update_id"))
                .whole("prev_update_id", fields.get("prev_update_id"))
                .whole("levels", fields.get("levels"))
                .text("bids", fields.get("bids"))
                .text("asks", fields.get("asks"))
                .time("received_time", fields.get("received_at"))
                .flag("synthetic", flag(fields, "synthetic"))
                .whole("run", run)
                .whole("sequence", sequence)
                .at(micros(fields.get("timestamp")));
    }

    /** Adds a line that was refused. */
    void refused(LineBatch lines, int index, String reason) {
        new InfluxRow(out, "refused")
                .symbol("venue", LineAddress.venue(lines.line(index), venue))
                .text("reason", reason)
                .text("line", new String(lines.line(index), StandardCharsets.UTF_8))
                .whole("run", lines.run())
                .whole("sequence", lines.first() + index)
                .at(lines.storedMillis(index) * 1_000);
    }

    private static boolean flag(Map<String, String> fields, String name) {
        return TRUE.equals(fields.get(name));
    }

    private static long time(Map<String, String> fields, long storedMillis) {
        try {
            return micros(fields.get("timestamp"));
        } catch (IOException e) {
            return storedMillis * 1_000;
        }
    }

    private static long micros(String millis) throws IOException {
        try {
            return new BigDecimal(millis == null ? "" : millis)
                    .movePointRight(3)
                    .longValue();
        } catch (NumberFormatException e) {
            throw new IOException("the time of the line is " + millis + ", which is not a number", e);
        }
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
