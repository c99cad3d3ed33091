package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarkets;

/** A topic in the form of its venue. */
public interface PublishedTopic {

    ProductCategory category();

    /** The venue's name of the topic. */
    String text();

    /** Symbol, or name of a group of contracts. */
    String name();

    /** Whether its market sends anything in its state. */
    boolean streams(SimulatedMarkets markets);
}
