/** Logging of all processes, with a limit for floods. */
package dev.livefeed.logging;
