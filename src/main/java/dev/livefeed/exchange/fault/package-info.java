/**
 * The faults that can be injected: lost, repeated, late and broken frames, silent and reset connections, refusals,
 * a wrong clock.
 */
package dev.livefeed.exchange.fault;
