/** Control requests that the venue does not have: fault injection, and the true state for comparison. */
package dev.livefeed.exchange.control;
