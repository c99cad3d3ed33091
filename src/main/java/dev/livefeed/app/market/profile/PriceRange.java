package dev.livefeed.app.market.profile;

import java.math.BigDecimal;

/** From a price to a price, both included. */
public record PriceRange(BigDecimal low, BigDecimal high) {}
