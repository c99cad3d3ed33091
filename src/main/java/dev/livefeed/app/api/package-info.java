/** The HTTP interface: health, rates, metrics, market context, strategies. */
package dev.livefeed.app.api;
