package dev.livefeed.app.feed;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.RiskEvent;
import dev.livefeed.protocol.status.Maintenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A channel of an instrument that the application wants, and the running connector's reply.
 *
 * @param connections names of the connections that carry it; empty if the connector does not name them. The contracts
 *     of a base coin may be on several
 */
public record Subscription(
        String channel, InstrumentId instrument, String id, State state, String reason, Set<String> connections) {

    private static final int MOST_CONNECTIONS = 1_000;

    /** State of the subscription in the running process. */
    public enum State {
        WANTED,
        ASKED,
        CONFIRMED,
        REFUSED,
        /** The instrument has ended at the exchange. */
        ENDED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public String symbol() {
        return instrument.symbol();
    }

    /** Whether the channel may be silent for hours or days although everything works. */
    public boolean comesOnChange() {
        return comesOnChange(channel);
    }

    /** See {@link #comesOnChange()}. */
    public static boolean comesOnChange(String channel) {
        return channel.equals(Liquidation.CHANNEL)
                || channel.equals(Maintenance.CHANNEL)
                || RiskEvent.carriedBy(channel);
    }

    Subscription in(State newState, String newReason) {
        return new Subscription(channel, instrument, id, newState, newReason, Set.of());
    }

    /** The same, carried by that connection too. */
    Subscription on(String connection) {
        if (connection == null || connections.contains(connection) || connections.size() >= MOST_CONNECTIONS) {
            return this;
        }
        Set<String> all = new TreeSet<>(connections);
        all.add(connection);
        return new Subscription(channel, instrument, id, state, reason, Collections.unmodifiableSet(all));
    }

    /** The subscribe command. */
    public Map<String, Object> command() {
        return command("subscribe", id);
    }

    /** Creates a command about this channel and symbol. */
    public Map<String, Object> command(String name, String commandId) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", name);
        command.put("channel", channel);
        command.put("symbol", instrument.symbol());
        if (instrument.category() != null) {
            command.put("category", instrument.category());
        }
        command.put("id", commandId);
        return command;
    }
}
