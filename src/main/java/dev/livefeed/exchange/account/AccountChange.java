package dev.livefeed.exchange.account;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happened in the account.
 *
 * @param kind the topic it is told on, without a category
 * @param category null for the wallet
 * @param data one entry of the frame's data
 */
record AccountChange(String kind, String category, ObjectNode data) {}
