/** Shared by all parts of the Bybit connector: its settings, its REST interface, and the context of its feed. */
package dev.livefeed.connector.bybit.context;
