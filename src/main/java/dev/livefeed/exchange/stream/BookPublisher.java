package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;

/**
 * A book topic: a snapshot on subscription, then deltas with consecutive update ids, so that a subscriber always has
 * exactly the best levels. Depth 1 sends snapshots only and repeats them while nothing changes.
 */
final class BookPublisher extends TopicPublisher<StreamTopic> implements BookFeed {

    private static final long REPEAT_MILLIS = 3000;

    private final SimulatedMarket market;
    private final TopLevels bids;
    private final TopLevels asks;
    private final AsciiText bidText = new AsciiText(1024);
    private final AsciiText askText = new AsciiText(1024);
    private final AsciiText frame = new AsciiText(2048);
    private long updateId;
    private long version = -1;
    private long sequence;
    private long changedAt;
    private long pushedAt;
    private TruthLedger ledger;

    BookPublisher(StreamTopic topic, SimulatedMarket market) {
        super(topic, topic.category().pushMillis(topic.depth()).orElseThrow());
        this.market = market;
        boolean trim = market.instrument().trims() || topic.depth() == 1;
        bids = new TopLevels(market.instrument(), topic.depth(), trim);
        asks = new TopLevels(market.instrument(), topic.depth(), trim);
        // Each topic has its own update ids; 1 is reserved for a restart of the service.
        updateId = 1_000_000 + (market.key() >>> 40) + topic.depth();
        refresh();
    }

    @Override
    protected void activate(long now) {
        refresh();
        pushedAt = now;
    }

    @Override
    protected TextFrame snapshot(long now) {
        bidText.clear();
        askText.clear();
        bids.writeAll(bidText, Integer.MAX_VALUE);
        asks.writeAll(askText, Integer.MAX_VALUE);
        return frame("snapshot", now);
    }

    @Override
    protected void publish(long now) {
        boolean changed = refresh();
        if (topic().depth() == 1) {
            if (changed || now - pushedAt >= REPEAT_MILLIS) {
                push(snapshot(now));
                pushedAt = now;
            }
        } else if (changed) {
            push(frame("delta", now));
        }
    }

    @Override
    protected void reopen(long now) {
        restart(now);
    }

    /** Restarts the update ids at 1, as after a restart of the service, and pushes a snapshot. */
    void restart(long now) {
        refresh();
        updateId = 1;
        recordPage();
        push(snapshot(now));
    }

    /** Pushes a snapshot with the next update id. */
    void resendSnapshot(long now) {
        refresh();
        updateId++;
        recordPage();
        push(snapshot(now));
    }

    @Override
    public boolean changeAndPush(long now) {
        market.requote(now);
        boolean changed = refresh();
        if (changed) {
            push(topic().depth() == 1 ? snapshot(now) : frame("delta", now));
            pushedAt = now;
        }
        return changed;
    }

    /** Records the published states from now on, for {@link #pageAt}. */
    void startRecording() {
        if (ledger == null) {
            ledger = new TruthLedger(topic().depth());
            ledger.add(now());
        }
    }

    /**
     * The state with an update id, or the newest for a negative id; null if it is not recorded.
     */
    BookPage pageAt(long id, long at) {
        startRecording();
        return (id < 0 ? ledger.newest() : ledger.at(id, at)).orElse(null);
    }

    private BookPage now() {
        AsciiText bid = new AsciiText(1024);
        AsciiText ask = new AsciiText(1024);
        bids.writeAll(bid, Integer.MAX_VALUE);
        asks.writeAll(ask, Integer.MAX_VALUE);
        return new BookPage(bid.toString(), ask.toString(), updateId, sequence, changedAt);
    }

    /** The best levels as last published, or the current ones if there is no subscriber. */
    BookPage page(int limit) {
        if (!active()) {
            refresh();
        }
        bids.writeAll(bidText.clear(), limit);
        asks.writeAll(askText.clear(), limit);
        return new BookPage(bidText.toString(), askText.toString(), updateId, sequence, changedAt);
    }

    private boolean refresh() {
        Book book = market.book();
        if (book.version() == version) {
            return false;
        }
        version = book.version();
        bidText.clear();
        askText.clear();
        boolean changed = bids.update(book.bids(), bidText) | asks.update(book.asks(), askText);
        sequence = book.sequence();
        changedAt = book.changedAt();
        if (changed) {
            updateId++;
            recordPage();
        }
        return changed;
    }

    private void recordPage() {
        if (ledger != null) {
            ledger.add(now());
        }
    }

    private TextFrame frame(String type, long now) {
        boolean timeFirst = topic().category() == ProductCategory.SPOT
                || (topic().category().futures() && topic().depth() == 1);
        frame.clear().add("{\"topic\":\"").add(topic().text()).add("\",");
        if (timeFirst) {
            frame.add("\"ts\":").add(now).add(",\"type\":\"").add(type).add("\",");
        } else {
            frame.add("\"type\":\"").add(type).add("\",\"ts\":").add(now).add(',');
        }
        frame.add("\"data\":{\"s\":\"")
                .add(topic().name())
                .add("\",\"b\":[")
                .add(bidText)
                .add("],\"a\":[")
                .add(askText);
        frame.add("],\"u\":")
                .add(updateId)
                .add(",\"seq\":")
                .add(sequence)
                .add("},\"cts\":")
                .add(changedAt)
                .add('}');
        return TextFrame.of(frame);
    }
}
