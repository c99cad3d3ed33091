package dev.livefeed.connector.bybit;

import java.util.Arrays;
import java.util.List;

/**
 * The connections of the feed: one a category, and more where one cannot carry all topics of it.
 *
 * <p>A topic stays on the connection that it was given to. Topics of one symbol share a connection where there is room, since
 * a lost update of a book is what makes the trades beside it suspect. A connection that has run empty is closed after a
 * while, but for the last one of the configured category.
 */
final class Links {

    private static final long EMPTY_NANOS = 10_000_000_000L;
    private static final Link[] NONE = {};

    private final Context context;
    private final Maker maker;
    private Link[] links = NONE;

    /** Makes a connection of the category; the number tells those of one category apart, from 1. */
    interface Maker {

        Link make(Category category, int number);
    }

    Links(Context context, Maker maker) {
        this.context = context;
        this.maker = maker;
    }

    List<Link> all() {
        return Arrays.asList(links);
    }

    int open() {
        int open = 0;
        for (Link link : links) {
            open += link.isOpen() ? 1 : 0;
        }
        return open;
    }

    int size() {
        return links.length;
    }

    int topics() {
        int topics = 0;
        for (Link link : links) {
            topics += link.topics().size();
        }
        return topics;
    }

    /** The connection of that number at the network, or null. */
    Link byId(int id) {
        for (Link link : links) {
            if (link.has(id)) {
                return link;
            }
        }
        return null;
    }

    /** The topic of that name, or null. */
    Topic find(TopicName name) {
        for (Link link : links) {
            Topic topic = link.category() == name.category() ? link.topics().get(name.text()) : null;
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }

    /** Opens the first connection of the category, if there is none. */
    void begin(Category category) {
        for (Link link : links) {
            if (link.category() == category) {
                return;
            }
        }
        open(category);
    }

    /** The connection for a topic that is new; opened where none has room. */
    Link forNew(TopicName name) {
        for (Link link : links) {
            if (link.category() == name.category() && link.topics().holds(name.symbol()) && link.takes(name, 1)) {
                return link;
            }
        }
        // A symbol that is new to a connection leaves room for another topic of itself.
        for (Link link : links) {
            if (link.category() == name.category() && link.takes(name, 2)) {
                return link;
            }
        }
        return open(name.category());
    }

    private Link open(Category category) {
        Link link = maker.make(category, freeNumber(category));
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
    Link closeEmpty() {
        for (Link link : links) {
            if (link.emptyFor() > EMPTY_NANOS && !lastOfConfigured(link)) {
                link.stop();
                links = all().stream().filter(other -> other != link).toArray(Link[]::new);
                return link;
            }
        }
        return null;
    }

    private boolean lastOfConfigured(Link link) {
        return link.category() == context.settings().category()
                && all().stream()
                                .filter(other -> other.category() == link.category())
                                .count()
                        == 1;
    }
}
