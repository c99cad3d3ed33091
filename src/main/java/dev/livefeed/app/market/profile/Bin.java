package dev.livefeed.app.market.profile;

import java.math.BigDecimal;

/**
 * The volume traded at one price of a profile.
 *
 * @param price the lower edge of the bin, a multiple of the bin size
 * @param volume total volume
 * @param buy volume bought by takers
 * @param sell volume sold by takers; {@code buy + sell} is less than {@code volume} if candles with unknown taker sides
 *     were filled in
 */
public record Bin(BigDecimal price, BigDecimal volume, BigDecimal buy, BigDecimal sell) {}
