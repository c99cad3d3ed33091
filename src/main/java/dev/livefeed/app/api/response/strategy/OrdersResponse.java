package dev.livefeed.app.api.response.strategy;

import java.util.List;

/** Paper orders, newest first. */
public record OrdersResponse(List<OrderResponse> orders) {}
