/** The runtime of a connector process: lifecycle, heartbeat, exit codes. */
package dev.livefeed.connector.sdk;
