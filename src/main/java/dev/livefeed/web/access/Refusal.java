package dev.livefeed.web.access;

/** Why a request is not let in: the HTTP status, and a line for people. */
public record Refusal(int code, String reason) {}
