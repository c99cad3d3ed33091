/** The private stream of one account: keys, connection and rows. It knows nothing of the public streams. */
package dev.livefeed.connector.bybit.account;
