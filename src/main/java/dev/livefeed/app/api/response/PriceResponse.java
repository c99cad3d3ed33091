package dev.livefeed.app.api.response;

import java.math.BigDecimal;
import java.time.Instant;

/** The last price of a symbol; null before its first trade. */
public record PriceResponse(String symbol, BigDecimal price, Instant ts, boolean fresh, boolean synthetic) {}
