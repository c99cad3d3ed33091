package dev.livefeed.connector.bybit;

import dev.livefeed.connector.bybit.connection.StreamConnection;
import dev.livefeed.connector.bybit.connection.StreamConnections;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.instrument.ContractExpansion;
import dev.livefeed.connector.instrument.InstrumentLifecycle;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The topics of an instrument on all connections, as far as its phase concerns them. */
final class InstrumentTopics implements InstrumentLifecycle.Owner {

    private final StreamConnections links;
    private final Consumer<Command> subscribe;
    private final ContractExpansion expansion;
    private final Refusals refusals;

    /** Refuses subscriptions that have not taken effect. */
    interface Refusals {

        /** Refuses the subscribe commands for the symbol that wait in the topic. */
        void refuseWaiting(Topic topic, String symbol, String text);
    }

    /** @param subscribe receives the command that subscribes a channel */
    InstrumentTopics(
            StreamConnections links, Consumer<Command> subscribe, ContractExpansion expansion, Refusals refusals) {
        this.expansion = expansion;
        this.refusals = refusals;
        this.links = links;
        this.subscribe = subscribe;
    }

    @Override
    public boolean wants(VenueCategory category, String symbol) {
        return of(category, symbol).stream().anyMatch(Topic::wanted);
    }

    @Override
    public boolean heardSince(VenueCategory category, String symbol, long nanos) {
        return of(category, symbol).stream().anyMatch(topic -> topic.contracts() == null && topic.framesSince(nanos));
    }

    @Override
    public void ending(VenueCategory category, String symbol, String reason) {
        for (Topic topic : of(category, symbol)) {
            if (topic.stream() instanceof TradeStream trades) {
                trades.ending(symbol, ended(reason));
            }
        }
    }

    private static String ended(String reason) {
        return "it has ended: " + reason;
    }

    @Override
    public List<String> end(VenueCategory category, String symbol, String reason) {
        List<String> channels = new ArrayList<>();
        String text = ended(reason);
        for (Topic topic : of(category, symbol)) {
            if (!expansion.ended(topic.name().channel(), symbol)) {
                channels.add(topic.name().channel());
            }
            refusals.refuseWaiting(topic, symbol, text);
            boolean othersWanted =
                    topic.contracts() != null && !topic.contracts().remove(symbol);
            if (topic.stream() instanceof TradeStream trades) {
                trades.ended(symbol, text);
            }
            if (!othersWanted) {
                topic.wanted(false);
                topic.link().reconcile(topic);
            }
        }
        return channels;
    }

    @Override
    public void expects(VenueCategory category, String symbol, boolean data) {
        for (Topic topic : of(category, symbol)) {
            if (topic.contracts() == null) {
                topic.expectsData(data);
            }
        }
    }

    @Override
    public void subscribe(Command command) {
        subscribe.accept(command);
    }

    private List<Topic> of(VenueCategory category, String symbol) {
        List<Topic> topics = new ArrayList<>();
        for (StreamConnection link : links.pool().all()) {
            if (link.path() == category) {
                for (Topic topic : link.topics().all()) {
                    if (topic.contracts() == null
                            ? topic.name().symbol().equals(symbol)
                            : topic.symbols().contains(symbol)) {
                        topics.add(topic);
                    }
                }
            }
        }
        return topics;
    }
}
