package dev.livefeed.app.api.response;

/** The body of an error response. */
public record ErrorResponse(String error) {}
