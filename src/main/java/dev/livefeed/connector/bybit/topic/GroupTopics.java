package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.bybit.topic.TopicName.Kind;
import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.status.Maintenance;
import java.util.Locale;

/**
 * The topics that the venue has for many symbols at once: one for all contracts of a settlement coin, and one for the
 * whole venue. A symbol subscribes the topic that contains it; the name of the group subscribes all of its symbols.
 */
final class GroupTopics {

    private static final String SYSTEM = "system.status";

    private GroupTopics() {}

    /** The topic of such a channel, or null if the channel is none of them. */
    static TopicName of(Category category, String channel, String symbol) {
        return switch (channel) {
            case AdlAlert.CHANNEL -> ofCoin("adlAlert.", Kind.ADL, category, channel, symbol);
            case InsurancePool.CHANNEL -> ofCoin("insurance.", Kind.INSURANCE, category, channel, symbol);
            case Maintenance.CHANNEL ->
                new TopicName(SYSTEM, Kind.SYSTEM, category, channel, category.instrument("SYSTEM"), 0);
            default -> null;
        };
    }

    private static TopicName ofCoin(String prefix, Kind kind, Category category, String channel, String symbol) {
        if (!category.futures()) {
            throw new IllegalArgumentException(
                    "category " + category + " has no channel " + channel + "; it exists for linear and inverse");
        }
        String group = category == Category.INVERSE ? "inverse" : coin(symbol);
        return new TopicName(
                prefix + group, kind, category, channel, category.instrument(group.toUpperCase(Locale.ROOT)), 0);
    }

    /** Linear contracts settle in USDT if their name says so, otherwise in USDC: BTCPERP, BTC-27NOV26. */
    private static String coin(String symbol) {
        return Contracts.baseCoin(symbol).endsWith("USDT") ? "USDT" : "USDC";
    }
}
