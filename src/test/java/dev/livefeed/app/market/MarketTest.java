package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.health.LimitWatch;
import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Local order books, listings and last values of {@link Market}. */
class MarketTest {

    private static final String BTC = "BTCUSDT";

    private final ManualClock clock = new ManualClock();
    private final Market market = new Market(clock);
    private final List<String> requests = new ArrayList<>();

    @BeforeEach
    void listen() {
        market.onResync((symbol, levels) -> requests.add(symbol.symbol()));
    }

    @Test
    void bookIsEmptyBeforeTheFirstSnapshot() {
        assertThat(market.view(Ids.bare(BTC))).isNull();
        assertThat(market.book(Ids.bare(BTC), 5)).isNull();
        assertThat(market.synced(Ids.bare(BTC))).isFalse();

        market.depth(Events.delta(BTC, 9, 10, "99", "1"));

        assertThat(market.book(Ids.bare(BTC), 5).state()).isEqualTo(BookState.EMPTY);
        assertThat(market.book(Ids.bare(BTC), 5).bids().isEmpty()).isTrue();
        assertThat(requests).isEmpty();
    }

    @Test
    void snapshotAndDeltas() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.delta(BTC, 10, 11, "99.5", "2"));
        market.depth(Events.delta(BTC, 11, 12, "99", "0"));

        BookView book = market.book(Ids.bare(BTC), 5);
        assertThat(book.state()).isEqualTo(BookState.SYNCED);
        assertThat(book.reason()).isNull();
        assertThat(book.lastUpdateId()).isEqualTo(12);
        assertThat(book.bids()).isEqualTo(Events.side("99.5", "2"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
        assertThat(market.gaps()).isZero();
    }

    @Test
    void gapMakesTheBookStaleAndRequestsOneSnapshot() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.delta(BTC, 11, 12, "99.5", "2"));
        market.depth(Events.delta(BTC, 12, 13, "99.6", "2"));
        market.depth(Events.delta(BTC, 14, 15, "99.7", "2"));

        BookView book = market.book(Ids.bare(BTC), 5);
        assertThat(book.state()).isEqualTo(BookState.STALE);
        assertThat(book.reason()).isEqualTo("gap: the update continues 11, the book stands at 10");
        assertThat(book.bids().isEmpty()).isTrue();
        assertThat(requests).containsExactly(BTC);
        assertThat(market.gaps()).isOne();
        assertThat(market.resyncs()).isOne();
        assertThat(market.view(Ids.bare(BTC)).gaps()).isOne();

        market.depth(Events.snapshot(BTC, 20, "98", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
        assertThat(market.book(Ids.bare(BTC), 5).bids())
                .as("no level of the old book remains")
                .isEqualTo(Events.side("98", "1"));
    }

    @Test
    void lostUpdatesAreCountedByVenue() {
        for (String venue : new String[] {"bybit", "binance", "binance"}) {
            market.depth(Events.ofVenue(venue, Events.snapshot(BTC, 10, "99", "101")));
            market.depth(Events.ofVenue(venue, Events.delta(BTC, 14, 15, "99.7", "2")));
        }

        assertThat(market.gaps("bybit")).isOne();
        assertThat(market.gaps("binance")).isEqualTo(2);
        assertThat(market.resyncs("binance")).isEqualTo(2);
        assertThat(market.gaps("other")).isZero();
        assertThat(market.gaps()).isEqualTo(3);
    }

    @Test
    void requestIsRepeatedWhenNoSnapshotArrives() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.delta(BTC, 11, 12, "99", "2"));
        clock.forward(10_000);
        market.depth(Events.delta(BTC, 12, 13, "99", "2"));
        assertThat(requests).hasSize(1);

        clock.forward(1);
        market.depth(Events.delta(BTC, 13, 14, "99", "2"));
        market.depth(Events.delta(BTC, 14, 15, "99", "2"));
        assertThat(requests).hasSize(2);
        assertThat(market.resyncs()).isEqualTo(2);
        assertThat(market.gaps()).as("one gap").isOne();
    }

    @Test
    void updateIdsMustIncreaseWithoutPrevUpdateId() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.delta(BTC, -1, 15, "99.5", "2"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();

        market.depth(Events.delta(BTC, -1, 15, "99.6", "2"));
        assertThat(market.book(Ids.bare(BTC), 1).reason()).isEqualTo("gap: update 15 is not after 15");
    }

    @Test
    void crossedBookIsStale() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.delta(BTC, 10, 11, "101", "1"));

        assertThat(market.book(Ids.bare(BTC), 1).state()).isEqualTo(BookState.STALE);
        assertThat(market.book(Ids.bare(BTC), 1).reason()).isEqualTo("crossed: bid 101 is not below ask 101");
        assertThat(requests).containsExactly(BTC);

        market.depth(Events.snapshot(BTC, 12, "102", "101"));
        assertThat(market.synced(Ids.bare(BTC)))
                .as("a snapshot may be crossed as well")
                .isFalse();
        market.depth(Events.snapshot(BTC, 13, "100", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
    }

    @Test
    void lostFeedMakesEveryBookStaleWithoutRequests() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.snapshot("ETHUSDT", 5, "9", "11"));
        market.trade(Events.trade("XRPUSDT", "1"));

        market.status(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));

        assertThat(market.book(Ids.bare(BTC), 1).reason()).isEqualTo("the feed is down: reset");
        assertThat(market.synced(Ids.bare(BTC))).isFalse();
        assertThat(market.synced(Ids.bare("ETHUSDT"))).isFalse();
        assertThat(requests).isEmpty();
        market.depth(Events.delta(BTC, 10, 11, "99", "1"));
        assertThat(market.synced(Ids.bare(BTC)))
                .as("a delta does not make a stale book synced")
                .isFalse();
        market.depth(Events.snapshot(BTC, 12, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
    }

    @Test
    void missingSnapshotIsRequested() {
        market.depth(Events.delta(BTC, 9, 10, "99", "1"));
        clock.forward(10_000);
        market.depth(Events.delta(BTC, 10, 11, "99", "1"));
        assertThat(requests).as("a snapshot may still arrive").isEmpty();

        clock.forward(1);
        market.depth(Events.delta(BTC, 11, 12, "99", "1"));
        market.depth(Events.delta(BTC, 12, 13, "99", "1"));
        assertThat(requests).containsExactly(BTC);
        assertThat(market.gaps()).isZero();

        market.depth(Events.snapshot(BTC, 13, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
    }

    @Test
    void unfinishedResyncOfTheConnectorIsRequestedAgain() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.status(Events.status(Resyncing.STATUS, "depth", BTC, null, "a gap"));
        market.depth(Events.delta(BTC, 12, 13, "99", "1"));
        assertThat(requests).isEmpty();

        clock.forward(10_001);
        market.depth(Events.delta(BTC, 13, 14, "99", "1"));
        assertThat(requests).containsExactly(BTC);
    }

    @Test
    void silentBookDoesNotPreventSynced() {
        market.depth(levels(50, 10, -1, "99", "101"));
        market.depth(levels(200, 300, -1, "98", "101"));
        market.status(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));
        assertThat(market.book(Ids.bare(BTC), 1).levels()).isEqualTo(200);
        assertThat(market.synced(Ids.bare(BTC))).isFalse();

        market.depth(levels(50, 20, -1, "99", "101"));

        assertThat(market.synced(Ids.bare(BTC))).isTrue();
        assertThat(market.synced(Ids.bare(BTC), 200)).isFalse();
        assertThat(market.book(Ids.bare(BTC), 1).levels()).isEqualTo(50);
        market.depth(levels(200, 302, 301, "95", "104"));
        assertThat(market.synced(Ids.bare(BTC)))
                .as("the book receives updates again")
                .isFalse();
    }

    @Test
    void silentBooksAreReplaced() {
        for (int levels = 1; levels <= 8; levels++) {
            market.depth(levels(levels, 10, -1, "99", "101"));
        }
        market.depth(levels(9, 10, -1, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC), 9)).isFalse();
        market.status(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));

        market.depth(levels(9, 10, -1, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC), 9)).isTrue();
    }

    @Test
    void bookWithoutStatedLevelsMatchesAnyLevels() {
        market.depth(levels(0, 10, -1, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC), 200)).isTrue();

        market.depth(levels(200, 302, 301, "95", "104"));
        assertThat(market.synced(Ids.bare(BTC), 200))
                .as("a book with these levels now exists")
                .isFalse();
    }

    @Test
    void lossOfOneOfSeveralConnectionsKeepsTheBooks() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.snapshot("ETHUSDT", 5, "9", "11"));

        market.status(Statuses.with(Events.status(ConnectionDown.STATUS, null, null, null, "reset"), "open", 1));
        market.status(Events.status(Resyncing.STATUS, "depth", BTC, null, "its connection has ended"));

        assertThat(market.synced(Ids.bare(BTC))).isFalse();
        assertThat(market.synced(Ids.bare("ETHUSDT"))).isTrue();
    }

    @Test
    void booksOfDifferentDepthsAreIndependent() {
        market.depth(levels(1, 7, -1, "100", "101"));
        market.depth(levels(50, 10, -1, "99", "101"));
        market.depth(levels(200, 300, -1, "98", "101"));
        market.depth(levels(50, 11, 10, "97", "102"));
        market.depth(levels(1, 8, -1, "100", "102"));
        market.depth(levels(200, 301, 300, "96", "103"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
        assertThat(market.book(Ids.bare(BTC), 10).levels()).isEqualTo(200);
        assertThat(market.book(Ids.bare(BTC), 10).lastUpdateId()).isEqualTo(301);

        market.status(Statuses.with(Events.status(Resyncing.STATUS, "depth", BTC, null, "a gap"), "levels", 50));
        assertThat(market.synced(Ids.bare(BTC))).isFalse();
        assertThat(market.book(Ids.bare(BTC), 10).state())
                .as("the deepest is another book")
                .isEqualTo(BookState.SYNCED);
        market.depth(levels(200, 302, 301, "95", "104"));
        market.depth(levels(50, 20, -1, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
        assertThat(requests).isEmpty();
    }

    private static Depth levels(int levels, long id, long previous, String bid, String ask) {
        return new Depth(
                BTC,
                null,
                Events.AT,
                Events.side(bid, "1"),
                Events.side(ask, "1"),
                id,
                previous,
                previous < 0,
                levels,
                Events.AT,
                false);
    }

    @Test
    void listingIsKeptAndItsTickSizeIsApplied() {
        market.status(instrument("Trading", "0.5"));
        market.trade(Events.trade(BTC, "100.3"));

        assertThat(market.listing(Ids.bare(BTC)).tickSize()).isEqualByComparingTo("0.5");
        assertThat(market.listing(Ids.bare(BTC)).warning()).isNull();
        assertThat(market.dayReport(Ids.bare(BTC)).profile().tickSize()).isEqualByComparingTo("0.5");
        assertThat(market.listed()).containsExactly(Ids.bare(BTC));

        market.status(instrument("PreLaunch", "nonsense"));
        assertThat(market.listing(Ids.bare(BTC)).tickSize()).isNull();
        assertThat(market.listing(Ids.bare(BTC)).warning())
                .as("the exchange's word is not compared")
                .isNull();
        market.status(Statuses.with(instrument("PreLaunch", "0.5"), "phase", "PreLaunch"));
        assertThat(market.listing(Ids.bare(BTC)).trading()).as("no known phase").isTrue();
        market.status(Statuses.with(instrument("PreLaunch", "0.5"), "phase", "pre_launch"));
        assertThat(market.listing(Ids.bare(BTC)).warning()).isEqualTo("is listed, but not trading: PreLaunch");
        market.status(Events.status("delisting", null, BTC, null, "the venue has set the end"));
        assertThat(market.listing(Ids.bare(BTC)).warning()).isEqualTo("is being delisted");
    }

    @Test
    void listingsBeyondTheLimitAreCounted() {
        for (int n = 1; n <= Market.MAX_SYMBOLS + 3; n++) {
            market.status(Events.status("delisting", null, "A" + n + "USDT", null, "the venue has set the end"));
        }
        market.status(Events.status("delisting", null, "A1USDT", null, "the venue has set the end"));

        assertThat(market.listings()).isEqualTo(Market.MAX_SYMBOLS);
        assertThat(market.notListed()).isEqualTo(3);
    }

    private static Status instrument(String tradingStatus, String tick) {
        return Statuses.with(
                Statuses.with(
                        Statuses.with(
                                Events.status("instrument", null, BTC, null, null), "trading_status", tradingStatus),
                        "tick_size",
                        tick),
                "qty_step",
                "0.001");
    }

    @Test
    void resyncingStatusMakesTheBookStale() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.snapshot("ETHUSDT", 5, "9", "11"));
        market.status(Events.status(Resyncing.STATUS, "depth", BTC, null, null));
        market.status(Events.status(Resyncing.STATUS, "depth", "NEVERSEEN", null, null));

        assertThat(market.synced(Ids.bare(BTC))).isFalse();
        assertThat(market.synced(Ids.bare("ETHUSDT"))).isTrue();
        assertThat(market.view(Ids.bare("NEVERSEEN"))).isNull();
    }

    @Test
    void resyncingWithoutASymbolMakesEveryBookOfThatDepthStale() {
        market.depth(Events.snapshot(BTC, 10, "99", "101"));
        market.depth(Events.snapshot("ETHUSDT", 5, "9", "11"));

        market.status(Events.status(Resyncing.STATUS, "depth", null, null, "a gap"));

        assertThat(market.synced(Ids.bare(BTC))).isFalse();
        assertThat(market.synced(Ids.bare("ETHUSDT"))).isFalse();
        market.depth(Events.snapshot(BTC, 11, "99", "101"));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
    }

    @Test
    void tradesAndTheLastPrice() {
        market.trade(Events.trade(BTC, "100.50"));
        market.trade(Events.trade(BTC, "101"));

        assertThat(market.view(Ids.bare(BTC)).trades()).isEqualTo(2);
        assertThat(market.view(Ids.bare(BTC)).lastTrade().price()).isEqualByComparingTo("101");
        assertThat(market.view(Ids.bare(BTC)).book()).isNull();
        assertThat(market.symbols()).containsExactly(Ids.bare(BTC));
    }

    @Test
    void numberOfSymbolsIsLimited() {
        for (int i = 0; i < Market.MAX_SYMBOLS; i++) {
            market.trade(Events.trade("S" + i, "1"));
        }
        market.trade(Events.trade("ONEMORE", "1"));
        market.depth(Events.snapshot("ONEMORE", 5, "9", "11"));
        assertThat(market.notKept()).isEqualTo(2);
        assertThat(market.view(Ids.bare("ONEMORE"))).isNull();
        market.trade(Events.trade("S7", "2"));
        assertThat(market.symbols()).hasSize(Market.MAX_SYMBOLS);
    }

    @Test
    void theLastTickerIsKept() {
        assertThat(market.lastTicker(Ids.bare(BTC))).isNull();
        market.ticker(Events.ticker(BTC, "100.5"));
        market.ticker(Events.ticker(BTC, "100.6"));

        assertThat(market.lastTicker(Ids.linear(BTC)).lastPrice()).isEqualTo("100.6");
        assertThat(market.lastTicker(Ids.bare("ETHUSDT"))).isNull();
        assertThat(market.view(Ids.linear(BTC)).lastTrade()).isNull();
    }

    private static Depth book(int levels, boolean snapshot, long previous, long id) {
        return new Depth(
                BTC,
                null,
                Events.AT,
                Events.side("99", "1"),
                Events.side("101", "1"),
                id,
                previous,
                snapshot,
                levels,
                Events.AT,
                false);
    }

    @Test
    void gapAffectsOnlyItsBook() {
        List<Integer> levelsAsked = new ArrayList<>();
        market.onResync((symbol, levels) -> levelsAsked.add(levels));
        market.depth(book(1, true, -1, 5));
        market.depth(book(200, true, -1, 10));
        market.depth(book(200, false, 11, 12));

        assertThat(levelsAsked).containsExactly(200);
        assertThat(market.synced(Ids.bare(BTC), 200)).isFalse();
        assertThat(market.synced(Ids.bare(BTC), 1)).isTrue();
        assertThat(market.synced(Ids.bare(BTC), 50)).isFalse();
        assertThat(market.synced(Ids.bare(BTC))).isFalse();

        // The next snapshot of the small book does not answer the request for the large one.
        market.depth(book(1, true, -1, 6));
        clock.forward(10_001);
        market.depth(book(200, false, 12, 13));
        assertThat(levelsAsked).containsExactly(200, 200);
        market.depth(book(200, true, -1, 20));
        assertThat(market.synced(Ids.bare(BTC))).isTrue();
    }

    @Test
    void resyncWithLevelsAffectsOnlyThatBook() {
        market.depth(book(1, true, -1, 5));
        market.depth(book(50, true, -1, 10));
        market.status(Statuses.with(Events.status(Resyncing.STATUS, "depth.1", BTC, null, "x"), "levels", 1));

        assertThat(market.synced(Ids.bare(BTC), 1)).isFalse();
        assertThat(market.synced(Ids.bare(BTC), 50)).isTrue();
        market.status(Events.status(Resyncing.STATUS, "depth", BTC, null, "x"));
        assertThat(market.synced(Ids.bare(BTC), 50)).isFalse();
    }

    @Test
    void aFurtherBookOfASymbolIsCountedAndNothingFails() {
        LimitWatch watch = new LimitWatch(List.of(new LimitWatch.Limit(
                "books", "books", market::mostBooks, Market.MAX_BOOKS, market::booksNotKept, "they are not kept")));
        for (int levels = 1; levels <= 6; levels++) {
            market.depth(book(levels, true, -1, 10));
        }
        assertThat(watch.alarms()).isEmpty();
        market.depth(book(7, true, -1, 10));
        assertThat(watch.alarms()).hasSize(1);

        for (int levels = 8; levels <= 10; levels++) {
            market.depth(book(levels, true, -1, 10));
            market.depth(book(levels, false, 10, 11));
        }

        assertThat(watch.alarms())
                .containsExactly("books: 8 of at most 8; beyond that, they are not kept" + " (4 events so far)");
        assertThat(market.synced(Ids.bare(BTC), 8)).isTrue();
        assertThat(market.synced(Ids.bare(BTC), 9)).isFalse();
        assertThat(requests).isEmpty();
    }
}
