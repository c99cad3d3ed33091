package dev.livefeed.app.route.strategy;

import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.app.strategy.StrategyTopic;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * The component of {@code strategy:candles}, {@code strategy:book-tops}, {@code strategy:regimes} and
 * {@code strategy:sessions}, from which strategy routes receive moments. Each route has its own queue and thread, so
 * that none delays the feed or another strategy.
 */
public final class StrategyComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        StrategyTopic topic = StrategyTopic.named(remaining);
        if (topic == null) {
            throw new IllegalArgumentException("strategy:" + remaining + " is none of "
                    + StrategyTopic.names().stream().map(n -> "strategy:" + n).toList());
        }
        Strategies strategies = CamelContextHelper.mandatoryLookup(getCamelContext(), "strategies", Strategies.class);
        StrategyEndpoint endpoint = new StrategyEndpoint(uri, this, topic, strategies);
        setProperties(endpoint, parameters);
        // An invalid timeframe is detected in the trial of the routes, not at their start.
        StrategyQueue trial = endpoint.queue("trial");
        strategies.check(trial);
        return endpoint;
    }
}
