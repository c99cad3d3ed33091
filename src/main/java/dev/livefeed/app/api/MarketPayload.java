package dev.livefeed.app.api;

import dev.livefeed.app.api.response.HealthResponse;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.SymbolView;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The parts of {@code GET /ws/health} about the subscribed channels and the instruments. */
public final class MarketPayload {

    private final List<Source> sources;
    private final Instruments instruments;
    private final Market market;
    private final Secrets secrets;

    /** What one source has, and what is wanted of it. */
    public record Source(FeedCounters counters, Subscriptions subscriptions) {}

    /** @param sources at least one */
    public MarketPayload(List<Source> sources, Instruments instruments, Market market, Secrets secrets) {
        this.sources = List.copyOf(sources);
        this.instruments = instruments;
        this.market = market;
        this.secrets = secrets;
    }

    /** This section as text for the health log line. */
    String line() {
        return "trades=" + sum(FeedCounters::trades) + " depth=" + sum(FeedCounters::depths) + " gaps=" + market.gaps();
    }

    private long sum(ToLongFunction<FeedCounters> count) {
        return sources.stream().map(Source::counters).mapToLong(count).sum();
    }

    List<HealthResponse.TopicHealth> topics() {
        List<HealthResponse.TopicHealth> topics = new ArrayList<>();
        sources.forEach(source -> addTopics(source.counters(), source.subscriptions(), topics));
        return topics;
    }

    private void addTopics(
            FeedCounters counters, Subscriptions subscriptions, List<HealthResponse.TopicHealth> topics) {
        for (Subscription s : subscriptions.all()) {
            if (topics.size() == ConnectorPayload.MAX_LISTED) {
                break;
            }
            var channel = counters.channel(s.channel(), s.instrument());
            topics.add(new HealthResponse.TopicHealth(
                    s.channel(),
                    InstrumentBody.of(s.instrument()),
                    s.state().toString(),
                    secrets.redact(s.reason()),
                    channel == null ? 0 : channel.count(),
                    channel == null ? null : counters.ageMillis(channel) / 1000.0));
        }
    }

    Map<String, HealthResponse.InstrumentHealth> instruments() {
        Map<String, HealthResponse.InstrumentHealth> all = new LinkedHashMap<>();
        for (InstrumentId instrument : market.symbols()) {
            if (all.size() == ConnectorPayload.MAX_LISTED) {
                break;
            }
            all.put(instruments.key(instrument), instrument(market.view(instrument), market.listing(instrument)));
        }
        return all;
    }

    private static HealthResponse.InstrumentHealth instrument(SymbolView view, ListingState listing) {
        Trade last = view.lastTrade();
        return new HealthResponse.InstrumentHealth(
                view.instrument().category(),
                view.instrument().venue(),
                last == null ? null : last.price(),
                view.trades(),
                book(view.book()),
                view.gaps(),
                listing == null
                        ? null
                        : new HealthResponse.Listing(
                                listing.tradingStatus(),
                                listing.tickSize(),
                                listing.qtyStep(),
                                listing.deliveryTime()));
    }

    private static HealthResponse.BookStatus book(BookView book) {
        return book == null
                ? new HealthResponse.BookStatus("empty", "no depth yet", null, null)
                : new HealthResponse.BookStatus(
                        book.state().toString(),
                        book.reason(),
                        book.bids().isEmpty() ? null : book.bids().price(0),
                        book.asks().isEmpty() ? null : book.asks().price(0));
    }
}
