package dev.livefeed.app.conformance;

import dev.livefeed.app.market.LocalOrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Resyncing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Books as the application keeps them, and what they show about the connector. Not thread-safe. */
final class BookRules {

    private final RuleFindings findings;
    private final Map<Key, CheckedBook> books = new LinkedHashMap<>();
    private long events;
    private long deltas;
    private long chained;
    private long snapshots;

    private record Key(InstrumentId instrument, int levels) {}

    /** A book, and whether only a snapshot may come next. */
    private static final class CheckedBook {

        private final LocalOrderBook local;
        private String needsSnapshot = "the start";

        private CheckedBook(int levels) {
            local = new LocalOrderBook(levels);
        }
    }

    BookRules(RuleFindings findings) {
        this.findings = findings;
    }

    /** Whether the instrument has a book, and none that waits for a snapshot. */
    boolean complete(InstrumentId instrument) {
        List<CheckedBook> own = books.entrySet().stream()
                .filter(book -> instrument.matches(book.getKey().instrument())
                        || instrument.covers(book.getKey().instrument()))
                .map(Map.Entry::getValue)
                .toList();
        return !own.isEmpty() && own.stream().allMatch(book -> book.needsSnapshot == null);
    }

    void depth(Depth depth, byte[] line) {
        events++;
        CheckedBook book = books.computeIfAbsent(
                new Key(depth.instrument(), depth.levels()), key -> new CheckedBook(key.levels()));
        if (depth.snapshot()) {
            snapshots++;
            book.needsSnapshot = null;
            sorted(depth, line);
        } else {
            deltas++;
            chained += depth.prevUpdateId() >= 0 ? 1 : 0;
            if (book.needsSnapshot != null) {
                findings.failed(
                        ProtocolRule.BOOK_SNAPSHOT,
                        "a delta of " + depth.symbol() + " came after " + book.needsSnapshot + " without a snapshot",
                        line);
                return;
            }
        }
        if (book.local.apply(depth) == LocalOrderBook.Effect.STALE) {
            String why = book.local.reason();
            findings.failed(
                    why.startsWith("gap") ? ProtocolRule.BOOK_CHAIN : ProtocolRule.BOOK_PRICES,
                    depth.symbol() + ": " + why,
                    line);
            book.needsSnapshot = null; // reported as another rule; the next deltas are ignored by the book
        }
    }

    private void sorted(Depth depth, byte[] line) {
        if (!sorted(depth.bids(), -1) || !sorted(depth.asks(), 1)) {
            findings.failed(ProtocolRule.BOOK_PRICES, "the levels of a snapshot are not best first", line);
        }
    }

    private static boolean sorted(Levels levels, int direction) {
        for (int i = 1; i < levels.size(); i++) {
            if (Integer.signum(levels.price(i).compareTo(levels.price(i - 1))) != direction) {
                return false;
            }
        }
        return true;
    }

    /** The books that a status is about are no longer known to be right. */
    void resyncing(Resyncing status) {
        books.forEach((key, book) -> {
            boolean meant = (status.symbol() == null
                            || status.symbol().equals(key.instrument().symbol()))
                    && (status.category() == null
                            || key.instrument().category() == null
                            || status.category().equals(key.instrument().category()))
                    && (status.depth() == 0 || key.levels() == 0 || status.depth() == key.levels());
            if (meant) {
                book.needsSnapshot = "resyncing";
            }
        });
    }

    /** All connections are lost. */
    void disconnected() {
        books.values().forEach(book -> book.needsSnapshot = "disconnected");
    }

    /** The next event of a symbol's books is one of a new subscription. */
    void unsubscribed(String symbol) {
        books.forEach((key, book) -> {
            if (key.instrument().symbol().equals(symbol)) {
                book.needsSnapshot = "a new subscription";
            }
        });
    }

    /** Nothing more comes. */
    void end() {
        String seen = snapshots + " snapshots, " + deltas + " deltas";
        if (events == 0) {
            for (ProtocolRule rule :
                    new ProtocolRule[] {ProtocolRule.BOOK_SNAPSHOT, ProtocolRule.BOOK_CHAIN, ProtocolRule.BOOK_PRICES
                    }) {
                findings.notApplicable(rule, "no depth came while it was watched");
            }
            return;
        }
        findings.ok(ProtocolRule.BOOK_SNAPSHOT, seen);
        findings.ok(ProtocolRule.BOOK_PRICES, seen);
        if (deltas == 0) {
            findings.notApplicable(ProtocolRule.BOOK_CHAIN, "every depth event is a snapshot");
        } else if (chained == 0) {
            findings.notApplicable(
                    ProtocolRule.BOOK_CHAIN, "no delta has a prev_update_id: nobody can notice that one is lost");
        } else {
            findings.ok(ProtocolRule.BOOK_CHAIN, seen);
        }
    }
}
