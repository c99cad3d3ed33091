package dev.livefeed.app.api.state;

import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.FeedVerdict;
import dev.livefeed.app.health.OverallVerdict;
import dev.livefeed.app.health.Readiness;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.stream.FollowedState;
import dev.livefeed.protocol.model.InstrumentId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads whether the feed can be trusted. */
public final class TrustState {

    private static final int MAX_INSTRUMENTS = 200;
    private static final int MAX_LISTED = 200;
    /** Ages and counts within reasons change every second. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    private final String version;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<SourceState> sources;
    private final AllFeeds feeds;
    private final Market market;
    private final Supplier<List<String>> alarms;
    private final UnaryOperator<String> redact;

    /**
     * @param version of the application
     * @param sources at least one
     * @param alarms of what the sources share, without secrets
     * @param redact removes secrets
     */
    public TrustState(
            String version,
            List<SourceState> sources,
            AllFeeds feeds,
            Market market,
            Supplier<List<String>> alarms,
            UnaryOperator<String> redact) {
        this.version = version;
        this.sources = List.copyOf(sources);
        this.feeds = feeds;
        this.market = market;
        this.alarms = alarms;
        this.redact = redact;
    }

    FollowedState.Reading read() {
        TrustBody body = body();
        String data = StateJson.text(body);
        return new FollowedState.Reading(data, data, StateJson.text(urgent(body)));
    }

    private TrustBody body() {
        List<TrustBody.SourceTrust> all = new ArrayList<>();
        List<TrustBody.InstrumentTrust> instruments = new ArrayList<>();
        boolean replay = false;
        for (SourceState source : sources) {
            FeedVerdict verdict = source.verdict();
            all.add(source.body(verdict));
            replay |= verdict.feed().replay();
            addInstruments(source.identity().instruments().get(), verdict.readiness(), instruments);
        }
        OverallVerdict overall = feeds.overall();
        return new TrustBody(
                version,
                startedAt,
                new TrustBody.FeedTrust(
                        overall.state().toString(),
                        overall.connected(),
                        overall.fresh(),
                        overall.ready(),
                        overall.synthetic(),
                        overall.reasons().stream().limit(MAX_LISTED).map(redact).toList()),
                replay,
                alarms.get(),
                all,
                instruments);
    }

    private void addInstruments(
            List<InstrumentId> wanted, Readiness readiness, List<TrustBody.InstrumentTrust> instruments) {
        Map<String, List<String>> unready = new LinkedHashMap<>();
        readiness.unready().forEach(one -> unready.put(one.instrument(), one.reasons()));
        // If not all unready ones are named, an instrument without a reason may be one of them.
        boolean complete = readiness.wanted() - readiness.ready() <= unready.size();
        for (InstrumentId instrument : wanted) {
            if (instruments.size() == MAX_INSTRUMENTS) {
                return;
            }
            List<String> reasons = unready.get(market.name(instrument));
            if (complete || reasons != null) {
                instruments.add(body(instrument, reasons));
            }
        }
    }

    private TrustBody.InstrumentTrust body(InstrumentId instrument, List<String> reasons) {
        BookView book = market.book(instrument, 0);
        ListingState listing = market.listing(instrument);
        return new TrustBody.InstrumentTrust(
                InstrumentBody.of(instrument),
                reasons == null,
                feeds.synthetic(instrument),
                reasons == null ? List.of() : reasons.stream().map(redact).toList(),
                book == null
                        ? new TrustBody.BookBody("empty", "no depth yet")
                        : new TrustBody.BookBody(book.state().toString(), book.reason()),
                listing == null ? null : listing.tradingStatus());
    }

    /** What is sent sooner: everything but figures that change with each event or with time. */
    private static TrustBody urgent(TrustBody body) {
        return new TrustBody(
                body.version(),
                body.startedAt(),
                body.trust().with(masked(body.trust().reasons())),
                body.replay(),
                masked(body.alarms()),
                body.sources().stream()
                        .map(source -> source.with(
                                masked(source.trust().reasons()), masked(source.alarms()), TrustBody.Figures.NONE))
                        .toList(),
                body.instruments().stream()
                        .map(one -> new TrustBody.InstrumentTrust(
                                one.instrument(),
                                one.ready(),
                                one.synthetic(),
                                masked(one.reasons()),
                                one.book(),
                                one.tradingStatus()))
                        .toList());
    }

    private static List<String> masked(List<String> texts) {
        return texts.stream().map(text -> NUMBER.matcher(text).replaceAll("0")).toList();
    }
}
