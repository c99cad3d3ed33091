/** What the program answers over HTTP: health, rates, metrics, market context, strategies. */
package dev.livefeed.app.api;
