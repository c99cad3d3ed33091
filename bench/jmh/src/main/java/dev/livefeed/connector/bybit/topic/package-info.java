/** What of the connector is measured and not public. */
package dev.livefeed.connector.bybit.topic;
