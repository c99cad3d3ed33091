package dev.livefeed.exchange.account;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An event of the account.
 *
 * @param kind topic of the event, without a category
 * @param category null for the wallet
 * @param data one row of the frame's {@code data}
 */
record AccountChange(String kind, String category, ObjectNode data) {}
