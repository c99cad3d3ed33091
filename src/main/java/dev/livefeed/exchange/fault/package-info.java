/**
 * Fault injection: lost, repeated, late and broken frames, silent and reset connections, rejected requests, a wrong
 * clock.
 */
package dev.livefeed.exchange.fault;
