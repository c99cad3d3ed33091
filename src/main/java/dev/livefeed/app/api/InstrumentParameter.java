package dev.livefeed.app.api;

import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.market.EndedInstruments;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Resolves the symbol of a request: {@code BTCUSDT}, {@code spot:BTCUSDT} or the full text form. */
public final class InstrumentParameter {

    private static final int MOST_REASONS = 3;

    private final Instruments instruments;
    private final Market market;
    private final Function<InstrumentId, List<String>> reasons;

    /** @param instruments the first is used if a request has no symbol */
    public InstrumentParameter(Instruments instruments, Market market) {
        this(instruments, market, instrument -> List.of());
    }

    /**
     * @param instruments the first is used if a request has no symbol
     * @param reasons why the feed of an instrument is not ready, one line each; empty if it is
     */
    public InstrumentParameter(Instruments instruments, Market market, Function<InstrumentId, List<String>> reasons) {
        this.instruments = instruments;
        this.market = market;
        this.reasons = reasons;
    }

    /**
     * The instrument of a text; an unknown instrument is returned as parsed.
     *
     * @param text null for the default one
     * @throws ApiException 400 if the text matches several instruments, or names a venue or category without
     *     instruments; the message lists them. 404 if the instrument has ended, whether or not late data of it has
     *     come since
     */
    InstrumentId of(String text) throws ApiException {
        InstrumentId instrument = withEnded(text);
        EndedInstruments.End end = market.ended().of(instrument);
        if (end != null) {
            throw new ApiException(404, end.toString());
        }
        return instrument;
    }

    /** Like {@link #of}, but the instrument may have ended: its orders and positions remain. */
    InstrumentId withEnded(String text) throws ApiException {
        if (text == null) {
            return covered(instruments.first());
        }
        InstrumentId meant = InstrumentId.parseRequested(text)
                .orElseThrow(() -> ApiException.bad("symbol", text, InstrumentId.RULE));
        List<InstrumentId> kept = market.symbols();
        List<InstrumentId> found = instruments.matching(meant, market.ended().without(kept));
        if (found.isEmpty()) {
            found = instruments.matching(meant, kept);
        }
        if (found.size() > 1) {
            throw new ApiException(
                    400,
                    "symbol is \"" + SafeText.shown(text) + "\", which is ambiguous; it must be one of "
                            + found.stream().map(InstrumentId::toString).collect(Collectors.joining(", ")));
        }
        if (found.isEmpty() && meant.category() != null) {
            refuseUnknownMarket(text, meant);
        }
        return covered(found.isEmpty() ? meant : found.get(0));
    }

    /**
     * The response for an instrument without the data that is asked for: 503 with the reason of the feed if it is
     * configured, since the data may come, else 404.
     *
     * @param what is missing, such as {@code trade}
     */
    ApiException without(String what, InstrumentId instrument) {
        if (!configured(instrument)) {
            return ApiException.unknown(instrument);
        }
        List<String> why = reasons.apply(instrument);
        return new ApiException(
                503,
                "no " + what + " of " + instrument.market() + " has come yet: "
                        + (why.isEmpty()
                                ? "the feed is ready, and the exchange has sent none"
                                : why.stream().limit(MOST_REASONS).collect(Collectors.joining("; "))));
    }

    /** Whether the instrument is one of SYMBOL. */
    boolean configured(InstrumentId instrument) {
        return instruments.configured().contains(instrument);
    }

    /** The response that says that the instrument has ended, or else the other one. */
    ApiException noData(InstrumentId instrument, ApiException other) {
        EndedInstruments.End end = market.ended().of(instrument);
        return end == null ? other : new ApiException(other.status(), end.toString());
    }

    /** The only contract of a base coin, or the instrument itself. */
    private InstrumentId covered(InstrumentId instrument) throws ApiException {
        List<InstrumentId> contracts =
                instrument.isBaseCoin() ? market.ended().without(market.coveredBy(instrument)) : List.of(instrument);
        if (contracts.size() > 1) {
            throw ApiException.severalContracts(instrument, contracts);
        }
        return contracts.isEmpty() ? instrument : contracts.get(0);
    }

    /** An unknown symbol of a known category is for the caller to refuse. */
    private void refuseUnknownMarket(String text, InstrumentId meant) throws ApiException {
        List<InstrumentId> all = instruments.and(market.symbols());
        if (all.stream()
                .noneMatch(known -> meant.category().equals(known.category())
                        && (meant.venue() == null || meant.venue().equals(known.venue())))) {
            String markets = all.stream()
                    .map(known -> known.toString().replaceAll(":?[^:]*$", ""))
                    .filter(known -> !known.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", "));
            List<InstrumentId> candidates = all.stream()
                    .filter(known -> known.symbol().equals(meant.symbol()))
                    .toList();
            throw new ApiException(
                    400,
                    "symbol is \"" + SafeText.shown(text) + "\", whose category is unknown; known are " + markets
                            + (candidates.isEmpty() ? "" : ", such as " + candidates.get(0)));
        }
    }
}
