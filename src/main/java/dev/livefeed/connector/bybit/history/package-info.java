/** The past of a market, asked of the venue's REST interface page by page, beside the live feed. */
package dev.livefeed.connector.bybit.history;
