package dev.livefeed.app.api.response.strategy;

import java.util.List;

/** The equity curve, oldest first. */
public record EquityResponse(List<EquityBody> equity) {}
