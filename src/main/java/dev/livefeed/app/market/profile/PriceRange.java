package dev.livefeed.app.market.profile;

import java.math.BigDecimal;

/** A range of prices, both ends inclusive. */
public record PriceRange(BigDecimal low, BigDecimal high) {}
