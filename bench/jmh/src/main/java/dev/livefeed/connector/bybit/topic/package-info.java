/** Benchmarks of package-private classes of the connector. */
package dev.livefeed.connector.bybit.topic;
