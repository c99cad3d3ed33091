package dev.livefeed.app.market.profile;

import java.math.BigDecimal;

/**
 * The volume that was traded at one price of a profile.
 *
 * @param price the lower edge of the bin, a multiple of the bin size
 * @param volume everything traded in it
 * @param buy of that, by takers that bought
 * @param sell of that, by takers that sold; less than the rest where candles were filled in, whose sides nobody knows
 */
public record Bin(BigDecimal price, BigDecimal volume, BigDecimal buy, BigDecimal sell) {}
