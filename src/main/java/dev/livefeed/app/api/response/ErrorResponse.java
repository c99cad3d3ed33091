package dev.livefeed.app.api.response;

/** What is wrong with a request, or with the program. */
public record ErrorResponse(String error) {}
