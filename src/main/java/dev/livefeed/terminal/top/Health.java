package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state {@code health} of the stream: whether the feed can be trusted. Times are those of the program's clock. */
record Health(
        String version,
        FeedTrust trust,
        boolean replay,
        List<String> alarms,
        List<Source> sources,
        Map<InstrumentName, Condition> instruments) {

    /** @param reasons why it is not ready */
    record FeedTrust(
            String state, boolean connected, boolean fresh, boolean ready, boolean synthetic, List<String> reasons) {

        static FeedTrust of(JsonNode body) {
            return new FeedTrust(
                    body.path("state").asText(),
                    body.path("connected").asBoolean(),
                    body.path("fresh").asBoolean(),
                    body.path("ready").asBoolean(),
                    body.path("synthetic").asBoolean(),
                    texts(body.path("reasons")));
        }
    }

    /**
     * One source.
     *
     * @param retry null if none is planned
     * @param blocked the step that blocks, else empty
     * @param lastEventAt 0 if there was none
     * @param lag null if there was nothing to measure
     */
    record Source(
            String venue,
            String name,
            FeedTrust trust,
            Retry retry,
            String blocked,
            long lastEventAt,
            Lag lag,
            Today today) {

        static Source of(JsonNode body) {
            JsonNode retry = body.path("retry");
            JsonNode blocked = body.path("blocked");
            return new Source(
                    body.path("venue").asText(),
                    body.path("source").asText(),
                    FeedTrust.of(body),
                    retry.isObject()
                            ? new Retry(
                                    retry.path("attempt").asInt(),
                                    retry.path("of").asInt(),
                                    millis(retry.path("next_at")))
                            : null,
                    blocked.isObject()
                            ? "step " + blocked.path("step").asText("?") + " of "
                                    + blocked.path("route").asText("?")
                            : "",
                    millis(body.path("last_event_at")),
                    Lag.of(body.path("lag")),
                    Today.of(body.path("today")));
        }
    }

    /** @param nextAt 0 while a process runs */
    record Retry(int attempt, int of, long nextAt) {}

    record Lag(double p50, double p99) {

        static Lag of(JsonNode body) {
            return body.isObject()
                    ? new Lag(
                            body.path("p50_ms").asDouble(), body.path("p99_ms").asDouble())
                    : null;
        }
    }

    record Today(long gaps, long restarts) {

        static Today of(JsonNode body) {
            return new Today(body.path("gaps").asLong(), body.path("restarts").asLong());
        }
    }

    /**
     * One instrument.
     *
     * @param reasons why it is not ready, those of its book included
     */
    record Condition(boolean ready, List<String> reasons) {

        static Condition of(JsonNode body) {
            List<String> reasons = new ArrayList<>(texts(body.path("reasons")));
            String book = body.path("book").asText("synced");
            if (!book.equals("synced") && reasons.isEmpty()) {
                reasons.add("book " + book + ": " + body.path("book_reason").asText(""));
            }
            String status = body.path("trading_status").asText("");
            if (!status.isEmpty() && !status.equalsIgnoreCase("trading")) {
                reasons.add(0, status);
            }
            return new Condition(body.path("ready").asBoolean(), reasons);
        }
    }

    static Health of(JsonNode data) {
        List<Source> sources = new ArrayList<>();
        data.path("sources").forEach(source -> sources.add(Source.of(source)));
        Map<InstrumentName, Condition> instruments = new HashMap<>();
        data.path("instruments").forEach(one -> instruments.put(InstrumentName.of(one), Condition.of(one)));
        return new Health(
                data.path("version").asText(),
                FeedTrust.of(data),
                data.path("replay").asBoolean(),
                texts(data.path("alarms")),
                sources,
                instruments);
    }

    /** The source of an instrument; null if there is none of its venue. */
    Source source(InstrumentName instrument) {
        return sources.size() == 1
                ? sources.get(0)
                : sources.stream()
                        .filter(source -> source.venue().equals(instrument.venue()))
                        .findFirst()
                        .orElse(null);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static long millis(JsonNode time) {
        try {
            return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : time.asLong();
        } catch (DateTimeParseException | ArithmeticException e) {
            return 0;
        }
    }
}
