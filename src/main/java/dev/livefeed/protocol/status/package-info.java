/** What a connector reports about itself and its connections: one record for each status of the protocol. */
package dev.livefeed.protocol.status;
