package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import java.util.Arrays;
import java.util.List;

/**
 * The connections of the feed: one a category, and more where one cannot carry all topics of it.
 *
 * <p>A topic stays on the connection that it was given to. Topics of one symbol share a connection where there is
 * room, since a lost update of a book is what makes the trades beside it suspect. A connection that has run empty is
 * closed after a while, but for the last one of the configured category.
 */
public final class StreamConnections {

    private static final long EMPTY_NANOS = 10_000_000_000L;
    private static final StreamConnection[] NONE = {};

    private final FeedContext context;
    private final Maker maker;
    private StreamConnection[] links = NONE;

    /** Makes a connection of the category; the number tells those of one category apart, from 1. */
    public interface Maker {

        StreamConnection make(Category category, int number);
    }

    public StreamConnections(FeedContext context, Maker maker) {
        this.context = context;
        this.maker = maker;
    }

    public List<StreamConnection> all() {
        return Arrays.asList(links);
    }

    public int open() {
        int open = 0;
        for (StreamConnection link : links) {
            open += link.isOpen() ? 1 : 0;
        }
        return open;
    }

    public int size() {
        return links.length;
    }

    public int topics() {
        int topics = 0;
        for (StreamConnection link : links) {
            topics += link.topics().size();
        }
        return topics;
    }

    /** The connection of that number at the network, or null. */
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

    /** Opens the first connection of the category, if there is none. */
    public void begin(Category category) {
        for (StreamConnection link : links) {
            if (link.category() == category) {
                return;
            }
        }
        open(category);
    }

    /** The connection for a topic that is new; opened where none has room. */
    public StreamConnection forNew(TopicName name) {
        for (StreamConnection link : links) {
            if (link.category() == name.category() && link.topics().holds(name.symbol()) && link.takes(name, 1)) {
                return link;
            }
        }
        // A symbol that is new to a connection leaves room for another topic of itself.
        for (StreamConnection link : links) {
            if (link.category() == name.category() && link.takes(name, 2)) {
                return link;
            }
        }
        return open(name.category());
    }

    private StreamConnection open(Category category) {
        StreamConnection link = maker.make(category, freeNumber(category));
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

    /** Closes a connection that has been empty for a while, and returns it; null where there is none. */
    public StreamConnection closeEmpty() {
        for (StreamConnection link : links) {
            if (link.emptyFor() > EMPTY_NANOS && !lastOfConfigured(link)) {
                link.stop();
                links = all().stream().filter(other -> other != link).toArray(StreamConnection[]::new);
                return link;
            }
        }
        return null;
    }

    private boolean lastOfConfigured(StreamConnection link) {
        return link.category() == context.settings().category()
                && all().stream()
                                .filter(other -> other.category() == link.category())
                                .count()
                        == 1;
    }
}
