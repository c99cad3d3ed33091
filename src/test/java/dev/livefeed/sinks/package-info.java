/** Sinks for tests of the packed jar: they stand beside it on the class path. */
package dev.livefeed.sinks;
