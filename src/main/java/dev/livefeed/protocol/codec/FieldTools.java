package dev.livefeed.protocol.codec;

/**
 * Objects used by field rules that must not be shared between threads.
 *
 * @param decimals parses numbers
 * @param times parses and checks times
 */
record FieldTools(DecimalParser decimals, TimestampParser times) {}
