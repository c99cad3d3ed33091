package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.ExactJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Everything that is shown. Messages change it on the threads of the stream; whoever reads more than one value holds
 * its lock. Ages are differences of the program's own times, whatever the clock of this machine says.
 */
final class TopModel {

    /** More than a program can have. */
    private static final int MOST_INSTRUMENTS = 5_000;

    private final LongSupplier clock;
    private final List<WatchedInstrument> instruments = new ArrayList<>();
    private final Map<String, List<WatchedInstrument>> bySymbol = new HashMap<>();
    private ProgramLink link;
    private long heardAt;
    private Health health;
    private Health.FeedTrust feed;
    private String incident = "";
    private long lost;
    private Detail detail;
    /** The program's clock less that of this model; the largest difference belongs to the fastest message. */
    private long offset = Long.MIN_VALUE;

    /** @param clock milliseconds that do not jump */
    TopModel(LongSupplier clock) {
        this.clock = clock;
        heardAt = clock.getAsLong();
        link = ProgramLink.connecting(heardAt);
    }

    /** Applies a message of the stream of all instruments. */
    synchronized void apply(JsonNode message) {
        long now = clock.getAsLong();
        heardAt = now;
        switch (message.path("type").asText()) {
            case "trade" -> {
                TapeTrade trade = TapeTrade.of(message);
                WatchedInstrument instrument = instrument(InstrumentName.of(message));
                instrument.trade(trade, now);
                if (detail != null && detail.name().equals(instrument.name())) {
                    detail.trade(trade);
                }
            }
            case "price" ->
                instrument(InstrumentName.of(message))
                        .price(
                                ExactJson.text(message.path("price")),
                                message.path("timestamp").asLong());
            case "context" ->
                instrument(InstrumentName.of(message))
                        .open(message.path("data").path("stats").path("open").asText(""));
            case "health" -> health(message, now);
            case "lost" -> {
                lost += message.path("count").asLong();
                if (message.path("channel").asText().equals("trades") && message.has("symbol")) {
                    instrument(InstrumentName.of(message))
                            .lost(message.path("count").asLong(), now);
                }
            }
            case "status" -> status(message);
            case "error" -> incident(message, message.path("error").asText());
            default -> {}
        }
    }

    private void health(JsonNode message, long now) {
        offset = Math.max(offset, message.path("timestamp").asLong() - now);
        health = Health.of(message.path("data"));
        feed = health.trust();
        instruments.forEach(one -> one.condition(null));
        // In the order of the settings, not that of the map.
        message.path("data").path("instruments").forEach(one -> {
            InstrumentName name = InstrumentName.of(one);
            instrument(name).condition(health.instruments().get(name));
        });
    }

    private void status(JsonNode message) {
        String reason = message.path("reason").asText("");
        switch (message.path("status").asText()) {
            case "feed" -> feed = Health.FeedTrust.of(message);
            case "disconnected", "exhausted", "gap" ->
                incident(message, message.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason));
            default -> {}
        }
    }

    private void incident(JsonNode message, String text) {
        String symbol = message.path("symbol").asText("");
        long at = message.path("timestamp").asLong();
        incident = (at > 0 ? Words.clock(at) + " " : "") + (symbol.isEmpty() ? "" : symbol + ": ") + text;
    }

    private WatchedInstrument instrument(InstrumentName name) {
        List<WatchedInstrument> same = bySymbol.getOrDefault(name.symbol(), List.of());
        for (WatchedInstrument known : same) {
            if (known.name().matches(name)) {
                if (name.key().length() > known.name().key().length()) {
                    known.rename(name);
                }
                return known;
            }
        }
        WatchedInstrument added = new WatchedInstrument(name, clock.getAsLong());
        if (instruments.size() < MOST_INSTRUMENTS) {
            instruments.add(added);
            bySymbol.computeIfAbsent(name.symbol(), symbol -> new ArrayList<>()).add(added);
        }
        return added;
    }

    /** Follows another instrument; null if there is none. */
    synchronized Detail follow(InstrumentName name) {
        detail = name == null ? null : new Detail(name, clock.getAsLong());
        return detail;
    }

    /** Applies a message of the stream of one instrument. */
    synchronized void apply(Detail of, JsonNode message) {
        heardAt = clock.getAsLong();
        of.apply(message, heardAt);
    }

    synchronized void opened() {
        heardAt = clock.getAsLong();
        link = link.opened(heardAt);
        // The program may be another one now, on a machine with another clock.
        offset = Long.MIN_VALUE;
    }

    synchronized void lost(String reason, long pauseMillis) {
        link = link.lost(reason, clock.getAsLong(), pauseMillis);
        instruments.forEach(WatchedInstrument::interrupted);
    }

    synchronized void opened(Detail of) {
        of.link(of.link().opened(clock.getAsLong()));
    }

    synchronized void lost(Detail of, String reason, long pauseMillis) {
        of.link(of.link().lost(reason, clock.getAsLong(), pauseMillis));
    }

    long now() {
        return clock.getAsLong();
    }

    /** The time of the program's clock; 0 while it is not known. */
    synchronized long programTime() {
        return offset == Long.MIN_VALUE ? 0 : clock.getAsLong() + offset;
    }

    /** How old a time of the program is; negative if that is not known. */
    synchronized long age(long time) {
        return time <= 0 || offset == Long.MIN_VALUE ? -1 : Math.max(0, programTime() - time);
    }

    /** How long nothing has come, in milliseconds. */
    synchronized long silentFor() {
        return clock.getAsLong() - heardAt;
    }

    synchronized ProgramLink link() {
        return link;
    }

    /** Null until it has come. */
    synchronized Health health() {
        return health;
    }

    /** Null until it has come. */
    synchronized Health.FeedTrust feed() {
        return feed;
    }

    /** The last thing that went wrong; empty if nothing has. */
    synchronized String incident() {
        return incident;
    }

    /** Messages that this view was too slow for. */
    synchronized long lost() {
        return lost;
    }

    /** Null if no instrument is followed. */
    synchronized Detail detail() {
        return detail;
    }

    synchronized List<WatchedInstrument> instruments() {
        return List.copyOf(instruments);
    }

    /** Why nothing of an instrument is current; empty if it is. */
    synchronized String notCurrent(InstrumentName instrument) {
        if (!link.isOpen()) {
            return "no connection to the program";
        }
        if (silentFor() > TrustView.STALE_AFTER) {
            return "nothing heard";
        }
        Health.Source source = health == null ? null : health.source(instrument);
        Health.FeedTrust trust = source == null ? feed : source.trust();
        if (trust == null) {
            return "";
        }
        return !trust.connected() ? "the feed is down" : !trust.fresh() ? "no fresh data" : "";
    }
}
