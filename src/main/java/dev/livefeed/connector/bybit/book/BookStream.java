package dev.livefeed.connector.bybit.book;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.feed.book.StreamedBook;

/** The book of one topic. */
public final class BookStream implements TopicStream {

    private final StreamedBook book;

    public BookStream(Topic topic, FeedContext context, BookOwner owner) {
        this.book = new StreamedBook(context.venue(), topic, topic.name().depth(), new StreamedBook.Owner() {

            @Override
            public void resubscribe() {
                owner.resubscribe(topic);
            }

            @Override
            public void lost(long sinceMicros) {
                owner.lost(topic, sinceMicros);
            }

            @Override
            public void settled() {
                owner.settled(topic);
            }

            @Override
            public boolean mayReconnect() {
                return owner.mayReconnect(topic);
            }

            @Override
            public void reconnect(String reason) {
                owner.reconnect(reason, topic);
            }
        });
    }

    public StreamedBook book() {
        return book;
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        book.frame(frame, receivedAt, synthetic);
    }

    @Override
    public void unreadable(String why) {
        book.unreadable(why);
    }

    @Override
    public void requested() {
        book.requested();
    }

    @Override
    public void active() {}

    @Override
    public void ended() {
        book.ended();
    }

    @Override
    public void tick() {
        book.tick();
    }
}
