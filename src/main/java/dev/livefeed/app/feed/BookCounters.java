package dev.livefeed.app.feed;

import dev.livefeed.app.feed.FeedCounters.Channel;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts the events of each book apart: a symbol may have several of different depths, and one that has fallen silent
 * must not hide behind the others. One writer, any readers.
 */
final class BookCounters {

    /** The events of one book. */
    private record Book(int levels, Channel channel) {}

    private final ConcurrentMap<InstrumentId, List<Book>> bySymbol = new ConcurrentHashMap<>();

    /**
     * Counts an event.
     *
     * @param levels depth of the book, 0 where the connector does not say
     */
    void count(InstrumentId instrument, int levels, long now, long micros) {
        List<Book> books = bySymbol.get(instrument);
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
            books.add(new Book(levels, channel));
        }
        channel.add(now, micros);
    }

    /**
     * What has come of the channel {@code depth} or {@code depth.N}, null before the first event. Where the connector
     * does not say how deep its books are, all of a symbol are one.
     *
     * @param defaultLevels depth of the channel {@code depth}; a connector whose only book is of another has that one
     */
    Channel channel(String name, InstrumentId instrument, int defaultLevels) {
        List<Book> books = bySymbol.getOrDefault(instrument, List.of());
        boolean plain = name.equals("depth");
        for (Book book : books) {
            if (plain
                    ? book.levels() == defaultLevels
                    : name.equals(book.channel().type())) {
                return book.channel();
            }
        }
        Channel unnamed = find(books, 0);
        return unnamed == null && plain && books.size() == 1 ? books.get(0).channel() : unnamed;
    }

    private static Channel find(List<Book> books, int levels) {
        for (int i = 0; i < books.size(); i++) {
            if (books.get(i).levels() == levels) {
                return books.get(i).channel();
            }
        }
        return null;
    }
}
