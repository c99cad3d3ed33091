/** What can go wrong on command: lost, doubled, late and broken frames, silent and torn connections, refusals, a wrong clock. */
package dev.livefeed.exchange.fault;
