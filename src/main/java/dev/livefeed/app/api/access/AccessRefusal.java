package dev.livefeed.app.api.access;

/** Why a request is not let in: the HTTP status, and a line for people. */
public record AccessRefusal(int code, String reason) {}
