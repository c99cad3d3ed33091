/** Disk-backed buffers in front of sinks: what a sink does not take in time waits in files, in order. */
package dev.livefeed.app.sink;
