package dev.livefeed.protocol.codec;

/**
 * What the rules of fields need and may not share between threads.
 *
 * @param decimals reads one number at a time
 * @param times knows which times may stand in an event
 */
record FieldTools(DecimalParser decimals, TimestampParser times) {}
