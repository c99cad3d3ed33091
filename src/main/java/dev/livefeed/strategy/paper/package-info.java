/**
 * Paper trading: orders that meet the kept book and the trades of the feed, and money that was never there. Every change
 * is a journal entry first and then applied, in a run as after a restart. Knows no Camel, and no way to a real order.
 */
package dev.livefeed.strategy.paper;
