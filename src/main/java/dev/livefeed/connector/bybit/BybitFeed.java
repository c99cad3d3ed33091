package dev.livefeed.connector.bybit;

import dev.livefeed.connector.TimeSource;
import dev.livefeed.connector.command.Command;
import dev.livefeed.connector.net.HttpAnswer;
import dev.livefeed.connector.net.Network;
import dev.livefeed.connector.net.NetworkFeed;
import dev.livefeed.connector.out.Outbox;
import dev.livefeed.event.Failure;
import dev.livefeed.event.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector's core: commands in, requests out; frames in, events out. */
public final class BybitFeed implements NetworkFeed, Link.Watch, Recovery.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(BybitFeed.class);

    private final Context context;
    private final Figures figures = new Figures();
    private final RestDesk rest;
    private final ExchangeClock clock;
    private final FrameParser parser = new FrameParser();
    private final Map<Category, Link> links = new LinkedHashMap<>();

    /** What was last said: {@code connected} and {@code disconnected} are about all links together. */
    private boolean saidConnected;

    BybitFeed(BybitSettings settings, Network network, Outbox outbox, TimeSource time, RandomGenerator random) {
        Context.Identifiers identifiers = new Context.Identifiers();
        this.rest = new RestDesk(settings, network, time, identifiers, figures);
        this.clock = new ExchangeClock(rest, time, settings.limits().clock());
        this.context = new Context(
                settings, network, outbox, time, random, figures, identifiers, rest, clock, topic -> linkOf(topic)
                        .synthetic());
    }

    @Override
    public void start() {
        BybitSettings settings = context.settings();
        link(settings.category());
        clock.tick();
        for (String symbol : settings.symbols()) {
            for (String channel : settings.channels()) {
                command(new Command(Command.Kind.SUBSCRIBE, channel, symbol, null, null));
            }
        }
    }

    private Link link(Category category) {
        Link link = links.get(category);
        if (link == null) {
            link = new Link(context, context.settings().webSocket(category), parser, this);
            links.put(category, link);
            link.open();
        }
        return link;
    }

    @Override
    public void command(Command command) {
        Category category = context.settings().category();
        if (command.category() != null) {
            category = Category.of(command.category());
            if (category == null) {
                refuse(command, "category is \"" + command.category() + "\", must be one of " + Category.names());
                return;
            }
        }
        TopicName name;
        try {
            name = TopicName.of(
                    category,
                    command.channel(),
                    command.symbol(),
                    context.settings().depth(category));
        } catch (IllegalArgumentException e) {
            refuse(command, e.getMessage());
            return;
        }
        switch (command.kind()) {
            case SUBSCRIBE -> subscribe(command, link(category), name);
            case UNSUBSCRIBE -> unsubscribe(command, category, name);
            case RESYNC -> resync(command, category, name);
            default -> refuse(command, "the command is not for a feed");
        }
    }

    private void subscribe(Command command, Link link, TopicName name) {
        Topic topic = link.topics().get(name.text());
        if (topic == null) {
            if (link.topics().textLength() + name.text().length()
                    > context.settings().topicChars()) {
                refuse(
                        command,
                        "the topics of category " + name.category() + " are longer than "
                                + context.settings().topicChars() + " characters already, which is the most");
                return;
            }
            topic = new Topic(name);
            topic.stream(streamOf(topic));
            link.topics().add(topic);
        }
        topic.wanted(true);
        if (topic.awaits(Command.Kind.UNSUBSCRIBE)) {
            wantedAgain(topic);
        }
        if ((topic.wire() == Topic.Wire.ACTIVE && !topic.again()) || !topic.await(command)) {
            answer(command, Status.SUBSCRIBED, topic);
        }
        link.reconcile(topic);
    }

    private Stream streamOf(Topic topic) {
        return switch (topic.name().kind()) {
            case BOOK -> new BookStream(topic, context, this);
            case TRADES -> new TradeStream(topic, context);
            case TICKER -> new TickerStream(topic, context, this);
            case KLINE -> new KlineStream(topic, context);
            case LIQUIDATIONS -> new LiquidationStream(topic, context);
        };
    }

    /** The topic is asked for before it could be left: it is left all the same, since a subscription begins anew. */
    private void wantedAgain(Topic topic) {
        if (topic.wire() == Topic.Wire.ASKING) {
            left(topic);
        }
        if (topic.wire() != Topic.Wire.LEAVING) {
            topic.again(true);
        }
    }

    private void unsubscribe(Command command, Category category, TopicName name) {
        Link link = links.get(category);
        Topic topic = link == null ? null : link.topics().get(name.text());
        if (topic == null || !topic.await(command)) {
            answer(command, Status.UNSUBSCRIBED, null);
        }
        if (topic != null) {
            topic.wanted(false);
            link.reconcile(topic);
        }
    }

    private void resync(Command command, Category category, TopicName name) {
        Link link = links.get(category);
        Topic topic = link == null ? null : link.topics().get(name.text());
        if (topic == null || !(topic.stream() instanceof BookStream book)) {
            refuse(
                    command,
                    name.kind() == TopicName.Kind.BOOK
                            ? "no book of " + command.symbol() + " is subscribed, so there is nothing to resync"
                            : "channel " + name.channel()
                                    + " has no resync, which is for books: channel depth or depth.N");
            return;
        }
        book.resync(command.id());
    }

    @Override
    public void commandsDone() {
        links.values().forEach(Link::flush);
    }

    @Override
    public void opened(int linkId, boolean synthetic) {
        Link link = byId(linkId);
        if (link != null) {
            link.opened(synthetic);
        }
    }

    @Override
    public void frame(int linkId, byte[] bytes, int offset, int length, long receivedAt) {
        Link link = byId(linkId);
        if (link != null && link.isOpen()) {
            link.frame(bytes, offset, length, receivedAt);
        }
    }

    @Override
    public void closed(int linkId, String reason, int httpStatus) {
        Link link = byId(linkId);
        if (link != null) {
            link.closed(reason, httpStatus);
        }
    }

    @Override
    public void answered(int request, HttpAnswer answer) {
        rest.answered(request, answer);
    }

    @Override
    public void unanswered(int request, String reason) {
        rest.unanswered(request, reason);
    }

    @Override
    public void tick() {
        links.values().forEach(Link::tick);
        clock.tick();
        rest.tick();
    }

    @Override
    public void stop() {
        links.values().forEach(Link::stop);
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> shown = figures.shown();
        shown.put("connected", saidConnected);
        shown.put(
                "subscriptions",
                links.values().stream().mapToInt(link -> link.topics().size()).sum());
        clock.show(shown);
        return shown;
    }

    @Override
    public void up(Link link) {
        LOG.info("Connected to {}", link.uri());
        if (links.values().stream().allMatch(Link::isOpen) && !saidConnected) {
            saidConnected = true;
            Status connected = Status.of(Status.CONNECTED, context.outbox().connector())
                    .with("url", link.uri().toString());
            context.outbox().status(link.synthetic() ? connected.with("synthetic", true) : connected);
        }
    }

    @Override
    public void down(Link link, String reason, int attempt, long retryMillis) {
        LOG.warn("{}: {}; the next attempt follows in {} ms", link.uri(), reason, retryMillis);
        saidConnected = false;
        context.outbox()
                .status(new Status(
                                Status.DISCONNECTED, context.outbox().connector(), null, null, null, reason, Map.of())
                        .with("url", link.uri().toString())
                        .with("attempt", attempt)
                        .with("retry_in_ms", retryMillis));
    }

    @Override
    public void active(Topic topic) {
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> answer(command, Status.SUBSCRIBED, topic));
        if (commands.isEmpty() && !topic.announced()) {
            TopicName name = topic.name();
            answer(
                    new Command(
                            Command.Kind.SUBSCRIBE,
                            name.channel(),
                            name.symbol(),
                            name.category().text(),
                            null),
                    Status.SUBSCRIBED,
                    topic);
        }
        topic.announced(true);
    }

    @Override
    public void offWire(Topic topic) {
        var commands = topic.answered(Command.Kind.UNSUBSCRIBE);
        if (!commands.isEmpty()) {
            topic.stream().ended();
            topic.stream(streamOf(topic));
            commands.forEach(command -> answer(command, Status.UNSUBSCRIBED, topic));
        }
    }

    @Override
    public void left(Topic topic) {
        topic.answered(Command.Kind.SUBSCRIBE)
                .forEach(command -> refuse(command, "unsubscribed before it took effect"));
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> answer(command, Status.UNSUBSCRIBED, topic));
    }

    @Override
    public void refused(Topic topic, String text) {
        figures.refused++;
        LOG.warn("{} is refused: {}", topic, text);
        topic.answered(Command.Kind.UNSUBSCRIBE).forEach(command -> answer(command, Status.UNSUBSCRIBED, topic));
        var commands = topic.answered(Command.Kind.SUBSCRIBE);
        commands.forEach(command -> refuse(command, text));
        if (commands.isEmpty()) {
            TopicName name = topic.name();
            context.outbox().failure(new Failure(text, "refused", name.symbol(), name.channel(), null, false));
        }
    }

    @Override
    public void again(Topic topic) {
        topic.again(true);
        linkOf(topic).reconcile(topic);
    }

    @Override
    public void lost(Topic topic, long sinceMicros) {
        linkOf(topic).suspectTrades(topic.name().symbol(), sinceMicros);
        linkOf(topic).doubt(topic.name().symbol());
    }

    @Override
    public void reconnect(String reason, Topic topic) {
        linkOf(topic).fail(reason);
    }

    private Link linkOf(Topic topic) {
        return links.get(topic.name().category());
    }

    private Link byId(int linkId) {
        for (Link link : links.values()) {
            if (link.id() == linkId) {
                return link;
            }
        }
        return null;
    }

    private void answer(Command command, String status, Topic topic) {
        Status answer = new Status(
                status,
                context.outbox().connector(),
                command.symbol(),
                command.channel(),
                command.id(),
                null,
                Map.of());
        context.outbox()
                .status(
                        topic == null
                                ? answer
                                : answer.with(
                                                "category",
                                                topic.name().category().text())
                                        .with("topic", topic.name().text()));
    }

    private void refuse(Command command, String text) {
        context.outbox()
                .failure(new Failure(text, "refused", command.symbol(), command.channel(), command.id(), false));
    }
}
