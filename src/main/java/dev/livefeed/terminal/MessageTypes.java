package dev.livefeed.terminal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types of messages that a user asked for, and the channels of the stream that carry them. */
final class MessageTypes {

    /** The channel of each type. */
    private static final Map<String, String> CHANNELS = byType();

    private final Set<String> types = new LinkedHashSet<>();
    private final Set<String> channels = new LinkedHashSet<>();

    private MessageTypes() {}

    private static Map<String, String> byType() {
        Map<String, String> channels = new LinkedHashMap<>();
        channels.put("trade", "trades");
        channels.put("depth", "depth");
        channels.put("candle", "candles");
        channels.put("signal", "signals");
        channels.put("status", "status");
        channels.put("error", "status");
        channels.put("ticker", "ticker");
        channels.put("kline", "kline.1m");
        channels.put("liquidation", "liquidations");
        channels.put("adl", "adl");
        channels.put("insurance", "insurance");
        channels.put("price_limit", "price-limit");
        channels.put("rpi_depth", "depth.rpi");
        channels.put("health", "health");
        channels.put("context", "context");
        channels.put("profile", "profile");
        channels.put("positions", "paper");
        channels.put("orders", "paper");
        channels.put("fills", "paper");
        channels.put("equity", "paper");
        channels.put("strategies", "strategies");
        channels.put("restarts", "restarts");
        channels.put("routes", "routes");
        channels.put("dead_letters", "dead-letters");
        channels.put("sinks", "sinks");
        channels.put("recording", "recording");
        channels.put("replay", "replay");
        return channels;
    }

    /** All types, in the order of the documentation. */
    static Collection<String> all() {
        return CHANNELS.keySet();
    }

    /**
     * The types of these names.
     *
     * @param names such as {@code trade}, {@code depth.50}, {@code kline.5m} or {@code candle.1m}
     * @throws IllegalArgumentException with the rule
     */
    static MessageTypes of(List<String> names) {
        MessageTypes asked = new MessageTypes();
        for (String name : names) {
            String type = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            String channel = CHANNELS.get(type);
            if (channel == null) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no type of message; there are " + String.join(", ", CHANNELS.keySet()));
            }
            asked.types.add(type);
            asked.channels.add(type.equals(name) ? channel : withSuffix(type, channel, name));
        }
        return asked;
    }

    private static String withSuffix(String type, String channel, String name) {
        String suffix = name.substring(name.indexOf('.'));
        return switch (type) {
            case "depth", "candle" -> channel + suffix;
            case "kline" -> "kline" + suffix;
            default ->
                throw new IllegalArgumentException("\"" + name
                        + "\" is no type of message; only depth, candle and kline have a suffix, such as depth.50");
        };
    }

    /** Whether a message of this type was asked for. */
    boolean contains(String type) {
        return types.contains(type);
    }

    Set<String> types() {
        return types;
    }

    /** The channels to subscribe to. */
    Set<String> channels() {
        return channels;
    }
}
