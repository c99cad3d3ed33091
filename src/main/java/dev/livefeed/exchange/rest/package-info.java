/** The REST market endpoints of the local exchange, answered from the same state as its streams. */
package dev.livefeed.exchange.rest;
