package dev.livefeed.app.route.strategy;

import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.app.strategy.StrategyTopic;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code strategy:candles}, {@code strategy:book-tops}, {@code strategy:regimes}, {@code strategy:sessions}: where
 * strategy routes hear of the market. Each route has an inbox and a thread of its own, so that none delays the feed or
 * another one.
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
        // A wrong timeframe is found when routes are tried, not when they are started.
        StrategyQueue trial = endpoint.inbox("trial");
        strategies.check(trial);
        return endpoint;
    }
}
