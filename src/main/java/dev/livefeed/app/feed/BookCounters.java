package dev.livefeed.app.feed;

import dev.livefeed.app.feed.FeedCounters.Channel;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts the events of each book separately: a symbol may have several books of different depths, and one that has gone
 * silent must not be masked by the others. One writer, any readers.
 */
final class BookCounters {

    private record BookChannel(int levels, Channel channel) {}

    private final ConcurrentMap<InstrumentId, List<BookChannel>> bySymbol = new ConcurrentHashMap<>();

    /**
     * Counts an event.
     *
     * @param levels depth of the book, 0 if the connector does not send it
     * @param received when the connector received it
     */
    void count(InstrumentId instrument, int levels, long received, long micros) {
        List<BookChannel> books = bySymbol.get(instrument);
        if (books == null) {
            if (bySymbol.size() >= FeedCounters.MAX_CHANNELS) {
                return;
            }
            books = bySymbol.computeIfAbsent(instrument, s -> new CopyOnWriteArrayList<>());
        }
        Channel channel = find(books, levels);
        if (channel == null) {
            if (books.size() >= FeedCounters.MAX_BOOKS) {
                return;
            }
            channel = new Channel("depth." + levels, instrument);
            books.add(new BookChannel(levels, channel));
        }
        channel.add(received, micros);
    }

    /**
     * Returns the counters of the channel {@code depth} or {@code depth.N}, null before the first event. If the
     * connector does not send the depth, all books of a symbol are counted as one.
     *
     * @param defaultLevels depth of the channel {@code depth}; a book of another depth is used if it is the connector's
     *     only one
     */
    Channel channel(String name, InstrumentId instrument, int defaultLevels) {
        List<BookChannel> books = bySymbol.getOrDefault(instrument, List.of());
        boolean plain = name.equals("depth");
        for (BookChannel book : books) {
            if (plain
                    ? book.levels() == defaultLevels
                    : name.equals(book.channel().type())) {
                return book.channel();
            }
        }
        Channel unnamed = find(books, 0);
        return unnamed == null && plain && books.size() == 1 ? books.get(0).channel() : unnamed;
    }

    void release(InstrumentId instrument) {
        bySymbol.remove(instrument);
    }

    private static Channel find(List<BookChannel> books, int levels) {
        for (int i = 0; i < books.size(); i++) {
            if (books.get(i).levels() == levels) {
                return books.get(i).channel();
            }
        }
        return null;
    }
}
