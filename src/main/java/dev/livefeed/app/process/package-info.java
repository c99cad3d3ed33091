/** Starts, watches, restarts and stops a connector process, reads its lines and writes its commands. */
package dev.livefeed.app.process;
