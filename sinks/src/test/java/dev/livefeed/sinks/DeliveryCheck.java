package dev.livefeed.sinks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what a server has, in its order, with what the feed has made: nothing missing but what a gap announces,
 * nothing twice, in order within an instrument, and every figure as it was sent.
 */
final class DeliveryCheck {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int MOST_FAULTS = 20;

    /** The events of an instrument and channel. */
    private static final class Stream {

        private long last;
        private long lastMillis;
        private final List<Missing> missing = new ArrayList<>();
        private final Deque<Gap> gaps = new ArrayDeque<>();
    }

    /** Numbers that did not come, and the times of their neighbours. */
    private record Missing(long first, long last, long afterMillis, long beforeMillis) {}

    private record Gap(Instant from, Instant to, long count) {}

    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long events;
    private long announced;

    /** A line of the protocol, and what the server shows beside it: type, category and symbol. */
    void line(String line, String... address) throws IOException {
        JsonNode event = JSON.readTree(line);
        List<String> own = List.of(text(event, "type"), text(event, "category"), text(event, "symbol"));
        if (!own.equals(List.of(address))) {
            fault("the server has " + String.join(", ", address) + " beside " + line);
        }
        line(line);
    }

    /** A line of the protocol. */
    void line(String line) throws IOException {
        JsonNode event = JSON.readTree(line);
        String category = text(event, "category");
        String symbol = text(event, "symbol");
        switch (event.path("type").asText()) {
            case "trade" ->
                trade(
                        category,
                        symbol,
                        text(event, "id"),
                        plain(event, "price"),
                        plain(event, "qty"),
                        text(event, "side"),
                        event.path("timestamp").asLong());
            case "depth" ->
                depth(
                        category,
                        symbol,
                        event.path("last_update_id").asLong(),
                        event.path("snapshot").asBoolean(),
                        levels(event, "bids"),
                        levels(event, "asks"),
                        event.path("timestamp").asLong());
            case "status" -> gap(event);
            default -> fault("not sent by the feed: " + line);
        }
    }

    private void gap(JsonNode event) {
        if (!event.path("status").asText().equals("gap")) {
            fault("not sent by the feed: " + event);
            return;
        }
        gap(
                text(event, "category"),
                text(event, "symbol"),
                text(event, "channel"),
                Instant.parse(text(event, "from")),
                Instant.parse(text(event, "to")),
                event.path("count").asLong());
    }

    private static String text(JsonNode event, String field) {
        return event.path(field).asText();
    }

    private static String plain(JsonNode event, String field) {
        return event.path(field).decimalValue().toPlainString();
    }

    private static String levels(JsonNode event, String field) {
        StringBuilder levels = new StringBuilder("[");
        for (JsonNode level : event.path(field)) {
            levels.append(levels.length() > 1 ? "," : "")
                    .append('[')
                    .append(level.get(0).decimalValue().toPlainString())
                    .append(',')
                    .append(level.get(1).decimalValue().toPlainString())
                    .append(']');
        }
        return levels.append(']').toString();
    }

    /** A trade with its decimals as texts. */
    void trade(String category, String symbol, String id, String price, String size, String side, long millis) {
        long number = MadeEvent.number(id);
        next(category + ':' + symbol + " trades", number, millis);
        String expected = MadeEvent.price(number) + ' ' + MadeEvent.size(number) + ' ' + MadeEvent.side(number);
        String got = price + ' ' + size + ' ' + side;
        if (!got.equals(expected) || !MadeEvent.tradeId(number).equals(id)) {
            fault("trade " + id + " has " + got + " instead of " + expected);
        }
    }

    /** A change of a book; levels as {@code [[price,size],…]}. */
    void depth(String category, String symbol, long id, boolean snapshot, String bids, String asks, long millis) {
        next(category + ':' + symbol + " depth", id, millis);
        boolean first = id % MadeEvent.RUN == 1;
        if (snapshot != first || !bids.equals(MadeEvent.bids(id)) || !asks.equals(MadeEvent.asks(first))) {
            fault("depth " + id + " has " + snapshot + ' ' + bids + ' ' + asks);
        }
    }

    /** The announcement of a loss. */
    void gap(String category, String symbol, String channel, Instant from, Instant to, long count) {
        announced += count;
        stream(category + ':' + symbol + ' ' + channel).gaps.add(new Gap(from, to, count));
    }

    private Stream stream(String name) {
        return streams.computeIfAbsent(name, n -> new Stream());
    }

    private void next(String name, long number, long millis) {
        events++;
        Stream stream = stream(name);
        if (number <= stream.last) {
            fault(name + ": " + number + " came after " + stream.last);
            return;
        }
        boolean otherRun = number / MadeEvent.RUN != stream.last / MadeEvent.RUN;
        long expected = otherRun ? number / MadeEvent.RUN * MadeEvent.RUN + 1 : stream.last + 1;
        if (number > expected) {
            stream.missing.add(new Missing(expected, number - 1, stream.lastMillis, millis));
        }
        stream.last = number;
        stream.lastMillis = millis;
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }

    /** Checks the ends of all streams against those of the feed, and losses against gaps. */
    List<String> faults(List<String> lastNumbers) {
        for (int i = 0; i < Instrument.ALL.size(); i++) {
            String[] last = lastNumbers.get(i).split(" ");
            end(Instrument.ALL.get(i) + " trades", Long.parseLong(last[0]));
            end(Instrument.ALL.get(i) + " depth", Long.parseLong(last[1]));
        }
        streams.forEach((name, stream) -> {
            for (Missing missing : stream.missing) {
                long unexplained = missing.last - missing.first + 1;
                while (unexplained > 0 && !stream.gaps.isEmpty()) {
                    Gap gap = stream.gaps.remove();
                    unexplained -= gap.count;
                    if (gap.from.toEpochMilli() < missing.afterMillis
                            || gap.to.toEpochMilli() > missing.beforeMillis
                            || gap.from.isAfter(gap.to)) {
                        fault(name + ": " + gap + " is not within " + missing);
                    }
                }
                if (unexplained != 0) {
                    fault(name + ": " + unexplained + " of " + missing + " are not announced");
                }
            }
            stream.gaps.forEach(gap -> fault(name + ": nothing is missing at " + gap));
        });
        return List.copyOf(faults);
    }

    private void end(String name, long last) {
        Stream stream = stream(name);
        if (stream.last > last || stream.last / MadeEvent.RUN != last / MadeEvent.RUN) {
            fault(name + ": the last is " + stream.last + " instead of " + last);
        } else if (stream.last < last) {
            stream.missing.add(new Missing(stream.last + 1, last, stream.lastMillis, Long.MAX_VALUE));
        }
    }

    /** Number of events of the feed. */
    long events() {
        return events;
    }

    /** Number of events that gaps announce as lost. */
    long announced() {
        return announced;
    }
}
