package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.feed.stream.MarketStream;
import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * One topic of the venue: what is wanted of it, its state on the connection, and the commands that wait for a reply.
 */
public final class Topic extends MarketStream {

    /** State of the topic on the connection. */
    public enum Wire {
        /** Not subscribed. */
        NONE,
        /** A subscribe request is pending. */
        SUBSCRIBING,
        ACTIVE,
        /** An unsubscribe request is pending. */
        UNSUBSCRIBING
    }

    /** Maximum number of commands that wait for a reply; further ones are answered at once. */
    private static final int MAX_WAITING = 100;

    private final TopicName name;
    private TopicConnection link;
    private final List<Command> waiting = new ArrayList<>();
    private TopicStream stream;
    private Wire wire = Wire.NONE;
    private boolean wanted = true;
    private boolean resubscribe;
    private boolean announced;
    private long requestedAt;
    private final Contracts contracts;

    public Topic(TopicName name) {
        super(name.text(), name.instrument(), name.channel());
        this.name = name;
        this.contracts = name.mixesSymbols() ? new Contracts(name.symbol()) : null;
    }

    /** The connection that the topic runs on. */
    public TopicConnection link() {
        return link;
    }

    public void link(TopicConnection newLink) {
        this.link = newLink;
    }

    public TopicName name() {
        return name;
    }

    /** The contracts whose trades are wanted, if the topic carries several; otherwise null. */
    public Contracts contracts() {
        return contracts;
    }

    /** The wanted symbols: the topic's symbol, or contracts. */
    public List<String> symbols() {
        return contracts == null ? List.of(name.symbol()) : contracts.symbols(name.symbol());
    }

    /**
     * The subscribed symbol that covers the given one: the base coin for an option contract if all contracts are
     * wanted.
     */
    public String subscribedAs(String symbol) {
        return contracts == null || !contracts.names(symbol) ? name.symbol() : symbol;
    }

    public TopicStream stream() {
        return stream;
    }

    public void stream(TopicStream stream) {
        this.stream = stream;
    }

    public Wire wire() {
        return wire;
    }

    public void wire(Wire wire) {
        this.wire = wire;
    }

    public boolean wanted() {
        return wanted;
    }

    public void wanted(boolean wanted) {
        this.wanted = wanted;
    }

    /** Whether the topic must be unsubscribed and subscribed again for a new snapshot. */
    public boolean resubscribe() {
        return resubscribe;
    }

    public void resubscribe(boolean resubscribe) {
        this.resubscribe = resubscribe;
    }

    /** A subscribe request was sent. */
    public void requested(long now) {
        requestedAt = now;
    }

    @Override
    public long subscribedAt() {
        return requestedAt;
    }

    /** Whether the subscription was reported since the connection was opened. */
    public boolean announced() {
        return announced;
    }

    public void announced(boolean announced) {
        this.announced = announced;
    }

    /** Keeps a command until it can be answered; false if too many are waiting. */
    public boolean await(Command command) {
        return waiting.size() < MAX_WAITING && waiting.add(command);
    }

    /** Whether a command of the kind is waiting. */
    public boolean awaits(Command.Kind kind) {
        return waiting.stream().anyMatch(command -> command.kind() == kind);
    }

    /** The waiting commands of the kind. */
    public List<Command> waiting(Command.Kind kind) {
        return waiting.stream().filter(command -> command.kind() == kind).toList();
    }

    /** Removes and returns the waiting commands of the kind. */
    public List<Command> answered(Command.Kind kind) {
        List<Command> answered = waiting(kind);
        waiting.removeAll(answered);
        return answered;
    }

    /** Removes and returns the waiting commands of the kind for one symbol. */
    public List<Command> answered(Command.Kind kind, String symbol) {
        List<Command> answered = waiting(kind).stream()
                .filter(command -> command.symbol().equals(symbol))
                .toList();
        waiting.removeAll(answered);
        return answered;
    }
}
