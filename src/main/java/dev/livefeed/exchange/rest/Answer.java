package dev.livefeed.exchange.rest;

/**
 * An HTTP answer.
 *
 * @param status HTTP status code
 * @param body JSON text
 */
public record Answer(int status, String body) {}
