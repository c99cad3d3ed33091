/** The private part of the local exchange: API keys, one account, its stream and its REST requests. */
package dev.livefeed.exchange.account;
