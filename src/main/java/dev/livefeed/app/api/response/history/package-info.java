/** Bodies of responses about the past day: candles and trades. */
package dev.livefeed.app.api.response.history;
