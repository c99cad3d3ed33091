package dev.livefeed.connector.binance;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.instrument.InstrumentLifecycle;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The subscriptions of an instrument, as far as its phase concerns them. */
final class InstrumentStreams implements InstrumentLifecycle.Owner {

    private final StreamSubscriptions subscriptions;
    private final Ending ending;
    private final Consumer<Command> commands;

    /** Ends a channel of a subscription. */
    interface Ending {

        void leave(StreamSubscription subscription, String channel, String why);
    }

    /** @param commands receives the command that subscribes a channel */
    InstrumentStreams(StreamSubscriptions subscriptions, Ending ending, Consumer<Command> commands) {
        this.subscriptions = subscriptions;
        this.ending = ending;
        this.commands = commands;
    }

    @Override
    public boolean wants(VenueCategory category, String symbol) {
        return !subscriptions.of(symbol).isEmpty();
    }

    @Override
    public boolean heardSince(VenueCategory category, String symbol, long nanos) {
        return subscriptions.of(symbol).stream()
                .flatMap(one -> one.streams().stream())
                .anyMatch(stream -> stream.framesSince(nanos));
    }

    @Override
    public void ending(VenueCategory category, String symbol, String reason) {
        for (StreamSubscription one : subscriptions.of(symbol)) {
            if (one.trades() != null) {
                one.trades().abandon(ended(reason));
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
        for (StreamSubscription one : subscriptions.of(symbol)) {
            for (String channel : one.channels()) {
                channels.add(channel);
                ending.leave(one, channel, text);
            }
        }
        return channels;
    }

    @Override
    public void expects(VenueCategory category, String symbol, boolean data) {
        for (StreamSubscription one : subscriptions.of(symbol)) {
            one.streams().forEach(stream -> stream.expectsData(data));
        }
    }

    @Override
    public void subscribe(Command command) {
        commands.accept(command);
    }
}
