package dev.livefeed.app.api.state;

import dev.livefeed.app.api.response.ContextResponse;
import dev.livefeed.app.api.response.ProfileResponse;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.stream.FollowedState;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.util.List;

/** Reads the context and the profile of an instrument. */
public final class MarketStates {

    private static final String VWAP_MODE = "base";

    private final Market market;

    public MarketStates(Market market) {
        this.market = market;
    }

    /** As {@code GET /context}; null before the first trade. */
    FollowedState.Reading context(InstrumentId instrument) {
        ContextView view = market.context(instrument);
        return view == null ? null : FollowedState.Reading.of(StateJson.text(ContextResponse.of(view, VWAP_MODE)));
    }

    /** As {@code GET /profile}, with higher bins if there are many; null before the first trade. */
    FollowedState.Reading profile(InstrumentId instrument) {
        ContextView view = market.context(instrument);
        List<Bin> bins = view == null ? null : market.bins(instrument, BigDecimal.ZERO, Integer.MAX_VALUE);
        return bins == null ? null : FollowedState.Reading.of(StateJson.text(profile(view, bins)));
    }

    private static ProfileResponse profile(ContextView view, List<Bin> bins) {
        ProfileRows rows = ProfileRows.of(view.tickSize(), bins);
        return ProfileResponse.of(view, rows.height(), rows.bins());
    }
}
