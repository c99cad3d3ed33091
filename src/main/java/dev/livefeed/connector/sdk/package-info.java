/** The host of a connector process: start and end, heartbeat, exit status. */
package dev.livefeed.connector.sdk;
