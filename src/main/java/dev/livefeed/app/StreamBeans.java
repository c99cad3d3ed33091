package dev.livefeed.app;

import dev.livefeed.app.api.ApplicationState;
import dev.livefeed.app.api.HealthPayload;
import dev.livefeed.app.api.PaperApi;
import dev.livefeed.app.api.ReplayApi;
import dev.livefeed.app.api.StrategyApi;
import dev.livefeed.app.api.state.ApplicationStates;
import dev.livefeed.app.api.state.MarketStates;
import dev.livefeed.app.api.state.PaperStates;
import dev.livefeed.app.api.state.ReplayState;
import dev.livefeed.app.api.state.RouteCount;
import dev.livefeed.app.api.state.SourceState;
import dev.livefeed.app.api.state.StreamedStates;
import dev.livefeed.app.api.state.TrustState;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.stream.PastCandlePages;
import dev.livefeed.app.stream.StreamStates;
import java.util.List;
import java.util.function.Supplier;

/** The stream's part of the {@link ApplicationBeans}: the states that clients can follow. */
final class StreamBeans {

    private StreamBeans() {}

    /** What the states are read from. */
    record Parts(
            List<SourceBeans> sources,
            AllFeeds feeds,
            Market market,
            DeadLetters deadLetters,
            PaperApi paper,
            StrategyApi strategies,
            ApplicationState application,
            Secrets secrets) {}

    /**
     * @param replay the recording that is played, if there is one
     * @param candles past ones
     * @param health known later
     * @param routes the running ones
     */
    static StreamStates states(
            Settings settings,
            Parts parts,
            ReplayApi replay,
            PastCandlePages candles,
            Supplier<HealthPayload> health,
            Supplier<List<RouteCount>> routes) {
        int retries = (int) settings.whole("connector.retries");
        List<SourceState> sources =
                parts.sources().stream().map(source -> source.state(retries)).toList();
        TrustState trust = new TrustState(
                Version.text(),
                sources,
                parts.feeds(),
                parts.market(),
                () -> health.get().alarms(),
                parts.secrets()::redact);
        return StreamedStates.of(
                trust,
                sources,
                new MarketStates(parts.market()),
                new PaperStates(parts.paper(), parts.strategies()),
                new ApplicationStates(parts.application(), parts.deadLetters(), routes, () -> health.get()
                        .delivery()),
                new ReplayState(replay),
                candles);
    }
}
