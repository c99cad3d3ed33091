/** Logging, the same for the application and for connector processes. */
package dev.livefeed.logging;
