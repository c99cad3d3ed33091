/** The private side of the local exchange: keys, one account that trades a little, and its stream. */
package dev.livefeed.exchange.account;
