/** Past market data, requested page by page from the venue's REST interface, in parallel with the live feed. */
package dev.livefeed.connector.history;
