/**
 * The output of a connector to standard output. The network thread never waits for the reader; a slow reader gets
 * conflated depth and bounded queues.
 */
package dev.livefeed.connector.sdk.output;
