/** Supervision of a connector process: start, watchdog, restart, stop, its output lines and its commands. */
package dev.livefeed.app.process;
