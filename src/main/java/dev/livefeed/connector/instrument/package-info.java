/** The instruments that an exchange lists: their symbols, phases and ends. */
package dev.livefeed.connector.instrument;
