/** What a connector reports about itself and its connections. */
package dev.livefeed.protocol.status;
