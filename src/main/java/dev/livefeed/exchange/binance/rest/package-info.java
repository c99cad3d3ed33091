/** The REST interface of Binance on the local exchange. */
package dev.livefeed.exchange.binance.rest;
