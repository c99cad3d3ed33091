/** The past day of each instrument: its one-minute candles, its last trades, and which minutes are complete. */
package dev.livefeed.app.history;
