/**
 * Paper trading: simulated orders against the local order book and the trades of the feed. Every change is written
 * to the journal first.
 */
package dev.livefeed.app.paper;
