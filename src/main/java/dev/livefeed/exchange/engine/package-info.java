/** The parts of the local exchange joined; one thread owns them. */
package dev.livefeed.exchange.engine;
