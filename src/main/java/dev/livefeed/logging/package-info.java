/** Logging of all processes, limited during floods. */
package dev.livefeed.logging;
