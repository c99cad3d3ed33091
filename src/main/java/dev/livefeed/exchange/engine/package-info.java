/** The local exchange assembled from its parts; owned by one thread. */
package dev.livefeed.exchange.engine;
