/**
 * What all parts of the Bybit connector share: settings, timeouts, counters, the REST client and the exchange's
 * clock.
 */
package dev.livefeed.connector.bybit.context;
