package dev.livefeed.app.api.access;

/** Why a request is refused: the HTTP status and a message. */
public record AccessRefusal(int code, String reason) {}
