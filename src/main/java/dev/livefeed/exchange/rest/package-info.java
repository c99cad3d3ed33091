/** The REST market endpoints of the local exchange, served from the same state as its streams. */
package dev.livefeed.exchange.rest;
