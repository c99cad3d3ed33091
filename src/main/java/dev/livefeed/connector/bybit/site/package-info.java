/** Sites of the venue: their hosts, which keys belong to them, and what their refusals mean. */
package dev.livefeed.connector.bybit.site;
