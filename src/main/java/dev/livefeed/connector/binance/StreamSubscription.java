package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.book.BookHandler;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.trade.TradeHandler;
import dev.livefeed.connector.feed.Reconciled;
import dev.livefeed.connector.feed.book.JoinedBook;
import dev.livefeed.connector.feed.trade.TradeSequence;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The streams of the venue that one channel of an instrument needs, several for a ticker; a book is shared by all
 * channels of its depths.
 */
final class StreamSubscription {

    /** Maximum number of commands that wait for a reply; further ones are answered at once. */
    private static final int MAX_WAITING = 100;

    private final InstrumentId instrument;
    private final StreamHandler handler;
    private final List<VenueStream> streams = new ArrayList<>();

    /** The channels that are wanted, with the commands that wait for a reply. */
    private final Map<String, List<Command>> channels = new LinkedHashMap<>();

    private boolean announced;

    StreamSubscription(InstrumentId instrument, StreamHandler handler) {
        this.instrument = instrument;
        this.handler = handler;
    }

    InstrumentId instrument() {
        return instrument;
    }

    StreamHandler handler() {
        return handler;
    }

    /** Its trades, or null. */
    TradeSequence trades() {
        return handler instanceof TradeHandler trades ? trades.sequence() : null;
    }

    /** Its book, or null. */
    JoinedBook book() {
        return handler instanceof BookHandler books ? books.book() : null;
    }

    /** What is compared with REST while its streams are silent, or null. */
    Reconciled reconciled() {
        return trades() != null ? trades() : book();
    }

    List<VenueStream> streams() {
        return streams;
    }

    void add(VenueStream stream) {
        streams.add(stream);
        if (handler instanceof TradeHandler trades) {
            trades.sequence().stream(stream);
        } else if (handler instanceof BookHandler books) {
            books.book().stream(stream);
        }
    }

    /** Whether the venue carries all its streams. */
    boolean isCarried() {
        return streams.stream().allMatch(VenueStream::isCarried);
    }

    List<String> channels() {
        return List.copyOf(channels.keySet());
    }

    boolean has(String channel) {
        return channels.containsKey(channel);
    }

    void addChannel(String channel) {
        channels.computeIfAbsent(channel, name -> new ArrayList<>());
    }

    /** Removes a channel; returns the commands that wait for it. */
    List<Command> removeChannel(String channel) {
        List<Command> waiting = channels.remove(channel);
        return waiting == null ? List.of() : waiting;
    }

    /** Keeps a command until it can be answered; false if too many are waiting. */
    boolean await(String channel, Command command) {
        List<Command> waiting = channels.get(channel);
        return waiting.size() < MAX_WAITING && waiting.add(command);
    }

    /** Removes and returns the commands that wait for a channel. */
    List<Command> answered(String channel) {
        List<Command> waiting = channels.get(channel);
        List<Command> answered = List.copyOf(waiting);
        waiting.clear();
        return answered;
    }

    /** Whether it was reported as subscribed since its streams were carried last. */
    boolean announced() {
        return announced;
    }

    void announced(boolean isAnnounced) {
        announced = isAnnounced;
    }
}
