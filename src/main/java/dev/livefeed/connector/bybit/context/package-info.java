/**
 * Shared by all parts of the Bybit connector: settings, timeouts, counters, the REST client and the exchange's clock.
 */
package dev.livefeed.connector.bybit.context;
