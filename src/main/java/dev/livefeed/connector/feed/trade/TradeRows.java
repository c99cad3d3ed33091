package dev.livefeed.connector.feed.trade;

import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.util.NavigableMap;

/**
 * The rows of a response with trades.
 *
 * @param trades by id
 * @param full whether the response has as many rows as the venue sends at most, so that more may follow
 * @param unread number of rows that could not be read
 * @param reason why the first of them could not be read, or null
 * @param sample its beginning, or null
 */
public record TradeRows(
        NavigableMap<Long, Trade> trades, boolean full, int unread, UnreadableReason reason, String sample) {}
