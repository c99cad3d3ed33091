package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.sdk.command.Command;
import java.util.ArrayList;
import java.util.List;

/** One topic of the venue: what is wanted of it, how it stands on the connection, and who waits for an answer. */
public final class Topic {

    /** How the topic stands on the connection. */
    public enum Wire {
        /** Not subscribed. */
        NONE,
        /** A subscribe request is under way. */
        ASKING,
        ACTIVE,
        /** An unsubscribe request is under way. */
        LEAVING
    }

    /** Commands that may wait for one answer; more than these are answered at once. */
    private static final int MAX_WAITING = 100;

    private final TopicName name;
    private TopicConnection link;
    private final List<Command> waiting = new ArrayList<>();
    private TopicStream stream;
    private Wire wire = Wire.NONE;
    private boolean wanted = true;
    private boolean again;
    private boolean announced;
    private boolean framed;
    private long framedAt;
    private long askedAt;
    private long acceptedAt;
    private final Contracts contracts;
    private final SilenceLimit patience = new SilenceLimit();

    public Topic(TopicName name) {
        this.name = name;
        this.contracts = name.mixesSymbols() ? new Contracts() : null;
    }

    /** The connection that it runs on. */
    public TopicConnection link() {
        return link;
    }

    public void link(TopicConnection newLink) {
        this.link = newLink;
    }

    public TopicName name() {
        return name;
    }

    /** Whose trades are wanted, where the topic mixes several contracts; otherwise null. */
    public Contracts contracts() {
        return contracts;
    }

    /** What the topic is wanted for: its symbol, or contracts of it. */
    public List<String> symbols() {
        return contracts == null ? List.of(name.symbol()) : contracts.symbols(name.symbol());
    }

    /** The symbol under which trades of that one are wanted: of an option contract its base coin, where all are. */
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

    /** Whether it is to be left and asked for again, for a fresh snapshot. */
    public boolean again() {
        return again;
    }

    public void again(boolean again) {
        this.again = again;
    }

    /** A frame of the topic has come. */
    public void framed(long now) {
        framed = true;
        framedAt = now;
    }

    /** When its last frame came; only where one has come. */
    public long framedAt() {
        return framedAt;
    }

    /** It is asked for on its connection. */
    public void asked(long now) {
        askedAt = now;
    }

    public long askedAt() {
        return askedAt;
    }

    /** The venue has accepted it. */
    public void accepted(long now) {
        acceptedAt = now;
    }

    /** When something was last heard of it: its last frame, or its acceptance. */
    public long heardAt() {
        return framed && framedAt - acceptedAt > 0 ? framedAt : acceptedAt;
    }

    /** How its silence is borne. */
    public SilenceLimit patience() {
        return patience;
    }

    /** Whether a frame of the topic has come since then. */
    public boolean framesSince(long nanos) {
        return framed && framedAt - nanos >= 0;
    }

    /** Whether it was said, since the connection is open, that the topic is subscribed. */
    public boolean announced() {
        return announced;
    }

    public void announced(boolean announced) {
        this.announced = announced;
    }

    /** Keeps the command until it can be answered; false where too many wait already. */
    public boolean await(Command command) {
        return waiting.size() < MAX_WAITING && waiting.add(command);
    }

    /** Whether a command of the kind waits. */
    public boolean awaits(Command.Kind kind) {
        return waiting.stream().anyMatch(command -> command.kind() == kind);
    }

    /** The commands of the kind that wait. */
    public List<Command> waiting(Command.Kind kind) {
        return waiting.stream().filter(command -> command.kind() == kind).toList();
    }

    /** The commands of the kind that waited; they wait no longer. */
    public List<Command> answered(Command.Kind kind) {
        List<Command> answered = waiting(kind);
        waiting.removeAll(answered);
        return answered;
    }

    @Override
    public String toString() {
        return name.text();
    }
}
