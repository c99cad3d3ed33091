/** The market context: local order books, last prices, the day of each symbol. */
package dev.livefeed.app.market;
