/** The private stream of one account: keys, connection and rows. Independent of the public streams. */
package dev.livefeed.connector.bybit.account;
