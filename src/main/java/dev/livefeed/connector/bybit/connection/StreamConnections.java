package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import java.util.Arrays;
import java.util.List;

/**
 * The connections of the feed: one per category, and more if one cannot carry all of its topics.
 *
 * <p>The venue's announcements have a connection of their own, which is not counted: no market data depends on it.
 *
 * <p>A topic stays on its connection. Topics of one symbol share a connection if possible, because a lost update of a
 * book indicates that trades on the same connection may be missing too. A connection without topics is closed after
 * some time, except the last one: it shows whether the exchange can be reached.
 */
public final class StreamConnections {

    private static final long EMPTY_NANOS = 10_000_000_000L;
    private static final StreamConnection[] NONE = {};

    private final FeedContext context;
    private final Maker maker;
    private final CapacityAlarms limits;
    private StreamConnection[] links = NONE;

    /** Creates a connection; the number distinguishes connections of one category, from 1. */
    public interface Maker {

        StreamConnection make(Category category, int number);
    }

    public StreamConnections(FeedContext context, Maker maker) {
        this.context = context;
        this.maker = maker;
        this.limits = new CapacityAlarms(context);
    }

    public List<StreamConnection> all() {
        return Arrays.asList(links);
    }

    /** Number of open connections with market data. */
    public int open() {
        int open = 0;
        for (StreamConnection link : links) {
            open += link.isOpen() && !link.announcements() ? 1 : 0;
        }
        return open;
    }

    /** Number of connections with market data. */
    public int size() {
        return (int) all().stream().filter(link -> !link.announcements()).count();
    }

    public int topics() {
        int topics = 0;
        for (StreamConnection link : links) {
            topics += link.topics().size();
        }
        return topics;
    }

    /** The connection with that network id, or null. */
    public StreamConnection byId(int id) {
        for (StreamConnection link : links) {
            if (link.session().has(id)) {
                return link;
            }
        }
        return null;
    }

    /** The topic of that name, or null. */
    public Topic find(TopicName name) {
        for (StreamConnection link : links) {
            Topic topic = link.category() == name.category() ? link.topics().get(name.text()) : null;
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }

    /** Opens the first connection of the category if there is none. */
    public void begin(Category category) {
        for (StreamConnection link : links) {
            if (link.category() == category && !link.announcements()) {
                return;
            }
        }
        open(category, freeNumber(category));
    }

    /** Number of connections with market data of the category. */
    int size(Category category) {
        int size = 0;
        for (StreamConnection link : links) {
            size += link.category() == category && !link.announcements() ? 1 : 0;
        }
        return size;
    }

    /** Called at a regular interval. */
    public void tick() {
        all().forEach(StreamConnection::tick);
        limits.tick(this);
    }

    /** The connection for a new topic; a new connection if none has room, or null if no more are allowed. */
    public StreamConnection forNew(TopicName name) {
        if (name.announcements()) {
            return forAnnouncements(name.category());
        }
        for (StreamConnection link : links) {
            if (carries(link, name) && link.topics().holds(name.symbol()) && link.takes(name, 1)) {
                return link;
            }
        }
        // A symbol that is new on a connection reserves room for another topic of it.
        for (StreamConnection link : links) {
            if (carries(link, name) && link.takes(name, 2)) {
                return link;
            }
        }
        boolean allowed =
                size(name.category()) < context.settings().connections().connections();
        // Without another connection, no room is reserved.
        return allowed
                ? open(name.category(), freeNumber(name.category()))
                : all().stream()
                        .filter(link -> carries(link, name) && link.takes(name, 1))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean carries(StreamConnection link, TopicName name) {
        return link.category() == name.category() && !link.announcements();
    }

    private StreamConnection forAnnouncements(Category category) {
        for (StreamConnection link : links) {
            if (link.category() == category && link.announcements()) {
                return link;
            }
        }
        return open(category, StreamConnection.ANNOUNCEMENTS);
    }

    private StreamConnection open(Category category, int number) {
        StreamConnection link = maker.make(category, number);
        links = Arrays.copyOf(links, links.length + 1);
        links[links.length - 1] = link;
        link.begin();
        return link;
    }

    private int freeNumber(Category category) {
        int number = 1;
        for (int i = 0; i < links.length; i++) {
            if (links[i].category() == category && links[i].number() == number) {
                number++;
                i = -1;
            }
        }
        return number;
    }

    /** Closes and returns a connection that has had no topics for some time; null if there is none. */
    public StreamConnection closeEmpty() {
        for (StreamConnection link : links) {
            if (link.emptyFor() > EMPTY_NANOS && !last(link)) {
                link.stop();
                links = all().stream().filter(other -> other != link).toArray(StreamConnection[]::new);
                return link;
            }
        }
        return null;
    }

    private boolean last(StreamConnection link) {
        return size() == 1 && !link.announcements();
    }
}
